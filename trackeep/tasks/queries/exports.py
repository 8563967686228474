"""Tasks and projects of one space as records, for files."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.objects import Object
from trackeep.tags import service as tags
from trackeep.tasks.models import Project, Section, Task, TaskComment, TaskDependency, TaskReminder

STEP = 500
_LEFT_OUT = frozenset({"deleted_at", "space_id", "due_minute", "next_id"})
_TASK = [column for column in Task.__table__.columns if column.name not in _LEFT_OUT]


def exported_tasks(actor: Actor, space_id: int) -> Iterator[dict[str, Any]]:
    """What is not in the trash, in the order of the making, by few queries for each five hundred."""
    actor.require_read(space_id)
    last = 0
    while rows := _tasks_behind(space_id, last):
        last = rows[-1].id
        yield from _records(rows)


def exported_projects(actor: Actor, space_id: int) -> Iterator[dict[str, Any]]:
    actor.require_read(space_id)
    names = (Project.id, Project.parent_id, Project.name, Project.colour, Project.position, Project.archived_at)
    live = (Project.space_id == space_id, Project.deleted_at.is_(None))
    sections: dict[int, list[dict[str, Any]]] = {}
    part = select(Section.project_id, Section.id, Section.name).where(Section.space_id == space_id)
    for row in db.rows(part.order_by(Section.project_id, Section.position, Section.id)):
        sections.setdefault(row.project_id, []).append({"id": row.id, "name": row.name})
    for row in db.rows(select(*names).where(*live).order_by(Project.id)):
        yield {**row._mapping, "sections": sections.get(row.id, [])}


def _tasks_behind(space_id: int, last: int) -> Sequence[db.AnyRow]:
    query: db.AnySelect = select(*_TASK, Object.created_at).join(Object, Object.id == Task.id)
    here = (Task.space_id == space_id, Task.deleted_at.is_(None), Task.id > last)
    return db.rows(query.where(*here).order_by(Task.id).limit(STEP))


def _records(rows: Sequence[db.AnyRow]) -> Iterator[dict[str, Any]]:
    ids = [row.id for row in rows]
    tagged = tags.tags_of(ids)
    said = _beside(select(TaskComment.task_id, TaskComment.body, TaskComment.created_at), TaskComment, ids)
    reminded = _beside(select(TaskReminder.task_id, TaskReminder.at, TaskReminder.minutes_before), TaskReminder, ids)
    waits: dict[int, list[int]] = {}
    pairs = select(TaskDependency.blocked_id, TaskDependency.blocker_id)
    for row in db.rows(pairs.where(db.is_one_of(TaskDependency.blocked_id, ids))):
        waits.setdefault(row.blocked_id, []).append(row.blocker_id)
    for row in rows:
        yield {
            **row._mapping,
            "tags": [tag.name for tag in tagged.get(row.id, [])],
            "comments": said.get(row.id, []),
            "reminders": reminded.get(row.id, []),
            "waits_for": waits.get(row.id, []),
        }


def _beside(
    query: db.AnySelect, table: type[TaskComment | TaskReminder], ids: Sequence[int]
) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for row in db.rows(query.where(db.is_one_of(table.task_id, ids)).order_by(table.id)):
        values = dict(row._mapping)
        found.setdefault(values.pop("task_id"), []).append(values)
    return found
