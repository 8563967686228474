"""Tasks as palette, search, home and trash show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.objects import Object
from trackeep.tasks.filters import Filters, Sort, View
from trackeep.tasks.models import Project, Task
from trackeep.tasks.queries.lists import list_tasks


@dataclass(frozen=True, slots=True)
class TaskHit:
    id: int
    title: str
    project: str
    due_on: date | None
    is_open: bool
    created_at: datetime


def find_tasks(actor: Actor, text: str, limit: int) -> Sequence[TaskHit]:
    """The open ones that hold the words, the newest first."""
    page = list_tasks(actor, Filters(text=text), sort=Sort.NEWEST, limit=limit)
    found = hits(actor, [item.id for item in page.items])
    return [found[item.id] for item in page.items if item.id in found]


def newest_tasks(actor: Actor, limit: int) -> Sequence[TaskHit]:
    page = list_tasks(actor, Filters(view=View.OPEN), sort=Sort.NEWEST, limit=limit)
    found = hits(actor, [item.id for item in page.items])
    return [found[item.id] for item in page.items if item.id in found]


def hits(actor: Actor, ids: Sequence[int]) -> Mapping[int, TaskHit]:
    """Those of the ids that the actor may see."""
    query: db.AnySelect = (
        select(Task.id, Task.title, Project.name, Task.due_on, Task.completed_at, Object.created_at)
        .join(Object, Object.id == Task.id)
        .outerjoin(Project, Project.id == Task.project_id)
        .where(Task.id.in_(ids), Task.deleted_at.is_(None), Task.space_id.in_(actor.readable_spaces))
    )
    rows = db.rows(query)
    return {
        row.id: TaskHit(row.id, row.title, row.name or "", row.due_on, row.completed_at is None, row.created_at)
        for row in rows
    }


def trashed_titles(actor: Actor, ids: Sequence[int]) -> Mapping[int, str]:
    """The titles of tasks that lie in the trash."""
    mine = (Task.id.in_(ids), Task.space_id.in_(actor.readable_spaces))
    return {row.id: row.title for row in db.rows(select(Task.id, Task.title).where(*mine))}
