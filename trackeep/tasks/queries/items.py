"""One task as lists, the detail panel and the API show it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.objects import Object
from trackeep.tags import service as tags
from trackeep.tasks.models import Task, TaskComment, TaskDependency

TagRef = tags.TagRef
EXCERPT = 500
"""So many letters of its notes come with a task in a list."""


class TaskItem(NamedTuple):
    """A task with its tags. ``notes`` are whole only when one task is asked for, in lists they are cut. ``subtasks``
    are those directly below it; ``blocked`` says that it waits for an unfinished one. Times are UTC."""

    id: int
    space_id: int
    project_id: int | None
    section_id: int | None
    parent_id: int | None
    title: str
    status: str
    priority: int
    due_on: date | None
    due_at: datetime | None
    due_minute: int
    start_on: date | None
    start_at: datetime | None
    estimate_minutes: int | None
    progress: int
    assignee_id: int | None
    position: int
    recurrence: str
    recurs_from: str
    next_id: int | None
    completed_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime
    created_by: int | None
    notes: str
    tags: Sequence[TagRef] = ()
    subtasks: int = 0
    open_subtasks: int = 0
    blocked: bool = False
    comments: int = 0

    @property
    def is_open(self) -> bool:
        return self.completed_at is None


PLAIN_COLUMNS = (
    Task.id,
    Task.space_id,
    Task.project_id,
    Task.section_id,
    Task.parent_id,
    Task.title,
    Task.status,
    Task.priority,
    Task.due_on,
    Task.due_at,
    Task.due_minute,
    Task.start_on,
    Task.start_at,
    Task.estimate_minutes,
    Task.progress,
    Task.assignee_id,
    Task.position,
    Task.recurrence,
    Task.recurs_from,
    Task.next_id,
    Task.completed_at,
    Object.content_version.label("version"),
    Object.created_at,
    Object.updated_at,
    Object.created_by,
)
_WIDTH = len(PLAIN_COLUMNS) + 1
_WHOLE: db.AnySelect = select(*PLAIN_COLUMNS, Task.notes).join(Object, Object.id == Task.id)
_CUT: db.AnySelect = select(*PLAIN_COLUMNS, func.substr(Task.notes, 1, EXCERPT).label("notes")).join(
    Object, Object.id == Task.id
)


def select_items() -> db.AnySelect:
    """With notes that are cut, as lists show them."""
    return _CUT


def get_task(actor: Actor, task_id: int) -> TaskItem:
    """Whole. Raises NotFound also for what is in the trash or not to be seen by the actor."""
    rows = db.rows(_visible(db.dialect(), whole=True), {"ids": [task_id], "spaces": list(actor.readable_spaces)})
    if not rows:
        raise NotFound()
    return with_details(rows)[0]


def get_tasks(actor: Actor, ids: Iterable[int]) -> Mapping[int, TaskItem]:
    """Those of the ids that the actor may see, with notes that are cut."""
    asked = {"ids": list(ids), "spaces": list(actor.readable_spaces)}
    return {item.id: item for item in with_details(db.rows(_visible(db.dialect(), whole=False), asked))}


@lru_cache
def _visible(_dialect: str, *, whole: bool) -> db.AnySelect:
    mine = db.is_one_of(Task.space_id, "spaces")
    return (_WHOLE if whole else _CUT).where(db.is_one_of(Task.id, "ids"), Task.deleted_at.is_(None), mine)


def with_details(rows: Sequence[db.AnyRow]) -> list[TaskItem]:
    """The rows with their tags and figures, by one query each however many rows there are."""
    ids = [row.id for row in rows]
    if not ids:
        return []
    tagged, below, blocked = tags.tags_of(ids), _subtasks_of(ids), blocked_among(ids)
    spoken = {row.task_id: row.number for row in db.rows(_comments_of(db.dialect()), {"ids": ids})}
    return [
        # The columns stand in the order of the fields.
        TaskItem._make(
            (
                *row[:_WIDTH],
                tagged.get(row.id, []),
                *below.get(row.id, (0, 0)),
                row.id in blocked,
                spoken.get(row.id, 0),
            )
        )
        for row in rows
    ]


def blocked_among(ids: Sequence[int]) -> frozenset[int]:
    """Those of the tasks that wait for one that is neither finished nor in the trash."""
    return frozenset(row.blocked_id for row in db.rows(_blocked(db.dialect()), {"ids": ids}))


def _subtasks_of(ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    rows = db.rows(_children(db.dialect()), {"ids": ids})
    return {row.parent_id: (row.number, int(row.still_open)) for row in rows}


@lru_cache
def _children(_dialect: str) -> db.AnySelect:
    still_open = func.sum(case((Task.completed_at.is_(None), 1), else_=0)).label("still_open")
    query: db.AnySelect = select(Task.parent_id, func.count().label("number"), still_open)
    return query.where(db.is_one_of(Task.parent_id, "ids"), Task.deleted_at.is_(None)).group_by(Task.parent_id)


@lru_cache
def _blocked(_dialect: str) -> db.AnySelect:
    blocker = aliased(Task)
    query: db.AnySelect = select(TaskDependency.blocked_id).distinct()
    query = query.join(blocker, blocker.id == TaskDependency.blocker_id)
    unfinished = (blocker.completed_at.is_(None), blocker.deleted_at.is_(None))
    return query.where(db.is_one_of(TaskDependency.blocked_id, "ids"), *unfinished)


@lru_cache
def _comments_of(_dialect: str) -> db.AnySelect:
    query: db.AnySelect = select(TaskComment.task_id, func.count().label("number"))
    return query.where(db.is_one_of(TaskComment.task_id, "ids")).group_by(TaskComment.task_id)
