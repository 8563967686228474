"""What several verbs write and check the same way: who may change which tasks, places, members, search documents."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time
from functools import lru_cache
from typing import Any

from sqlalchemy import select, update

from trackeep.core import db, search_index
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid, NotFound
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import Object, take_turn_with
from trackeep.spaces import service as spaces
from trackeep.tasks.models import KIND, Project, Section, Task

BATCH = 500


def writable(actor: Actor, ids: Iterable[int], *, trashed: bool = False) -> list[int]:
    """Take the turn of their spaces, then those of the tasks that are live, or in the trash. Raises NotFound when one
    is not the actor's to see, Forbidden for a viewer's."""
    wanted = set(ids)
    take_turn_with(wanted)
    state = Task.deleted_at.is_not(None) if trashed else Task.deleted_at.is_(None)
    query = select(Task.id, Task.space_id, state.label("in_state")).where(db.is_one_of(Task.id, sorted(wanted)))
    rows = db.session().execute(query.order_by(Task.id)).all()
    if len(rows) != len(wanted):
        raise NotFound()
    for space_id in {row.space_id for row in rows}:
        actor.require_write(space_id)
    return [row.id for row in rows if row.in_state]


def check_project(space_id: int, project_id: int) -> None:
    """Raises NotFound unless it is a live project of the space: ids in a body count like ids in a path."""
    live = (Project.id == project_id, Project.space_id == space_id, Project.deleted_at.is_(None))
    if db.session().scalar(select(Project.id).where(*live)) is None:
        raise NotFound()


def check_section(project_id: int | None, section_id: int) -> None:
    here = (Section.id == section_id, Section.project_id == project_id)
    if project_id is None or db.session().scalar(select(Section.id).where(*here)) is None:
        raise NotFound()


def check_member(space_id: int, user_id: int) -> None:
    """Raises Invalid for somebody who is not in the space."""
    if user_id not in members_among(space_id, [user_id]):
        raise Invalid(fields={"assignee_id": [_("This person is not a member of the space.")]})


def members_among(space_id: int, user_ids: Sequence[int]) -> set[int]:
    members = spaces.memberships()
    here = (members.c.space_id == space_id, members.c.user_id.in_(user_ids))
    return set(db.session().scalars(select(members.c.user_id).where(*here)))


def change_rows(ids: Sequence[int], values: Mapping[str, Any]) -> None:
    if ids and values:
        change = update(Task).where(db.is_one_of(Task.id, ids)).values(**values)
        db.session().execute(change.execution_options(synchronize_session=False))


def document(row: Mapping[str, Any]) -> search_index.Document:
    """What of a task can be found. ``row`` has the columns' names, and ``created_at`` of its object."""
    due = row["due_at"]
    if due is None and row["due_on"] is not None:
        due = datetime.combine(row["due_on"], time(12), UTC)
    return search_index.Document(
        object_id=row["id"],
        space_id=row["space_id"],
        kind=KIND,
        title=row["title"],
        text=row["notes"],
        happened=row["created_at"],
        due=due,
        flags=(row["status"],),
    )


def index_again(ids: Sequence[int]) -> None:
    """Write the search documents of these tasks anew, inside the open unit of work."""
    for start in range(0, len(ids), BATCH):
        rows = db.rows(_indexed(db.dialect()), {"ids": list(ids[start : start + BATCH])})
        search_index.index_documents([document(dict(row._mapping)) for row in rows])


@lru_cache
def _indexed(_dialect: str) -> db.AnySelect:
    columns = (Task.id, Task.space_id, Task.title, Task.notes, Task.status, Task.due_on, Task.due_at)
    query: db.AnySelect = select(*columns, Object.created_at).join(Object, Object.id == Task.id)
    return query.where(db.is_one_of(Task.id, "ids"))
