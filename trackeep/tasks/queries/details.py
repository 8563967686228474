"""What the detail panel shows beside the task itself: subtasks, dependencies, comments, reminders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.paging import Page, bounded_limit, decode_cursor, encode_cursor
from trackeep.tasks.models import Task, TaskComment, TaskDependency, TaskMention, TaskReminder
from trackeep.tasks.queries.items import TaskItem, get_task, select_items, with_details

MAX_CHILDREN = 1_000
MAX_DEPENDENCIES = 100


@dataclass(frozen=True, slots=True)
class CommentItem:
    """``mentions`` are ids of people."""

    id: int
    task_id: int
    author_id: int | None
    body: str
    created_at: datetime
    edited_at: datetime | None
    mentions: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class ReminderItem:
    id: int
    task_id: int
    user_id: int
    at: datetime
    minutes_before: int | None
    fired_at: datetime | None


@dataclass(frozen=True, slots=True)
class Dependencies:
    """``blockers`` are the tasks that this one waits for, ``blocked`` those that wait for it; 100 of each at most."""

    blockers: Sequence[TaskItem]
    blocked: Sequence[TaskItem]


def subtasks(actor: Actor, task_id: int) -> Sequence[TaskItem]:
    """Directly below the task, in their order, finished ones too; raises NotFound."""
    get_task(actor, task_id)
    return subtasks_of([task_id]).get(task_id, [])


def subtasks_of(ids: Sequence[int]) -> Mapping[int, list[TaskItem]]:
    """The same for many tasks, which the caller has checked, by a constant number of queries: 1,000 at most."""
    query = select_items().where(Task.parent_id.in_(ids), Task.deleted_at.is_(None))
    rows = db.rows(query.order_by(Task.parent_id, Task.position, Task.id).limit(MAX_CHILDREN))
    found: dict[int, list[TaskItem]] = {}
    for item in with_details(rows):
        found.setdefault(item.parent_id or 0, []).append(item)
    return found


def ancestors(actor: Actor, item: TaskItem) -> Sequence[TaskItem]:
    """Those above a task, the topmost first."""
    above = select(Task.id, Task.parent_id).where(Task.id == item.parent_id).cte("above", recursive=True)
    above = above.union(select(Task.id, Task.parent_id).join(above, Task.id == above.c.parent_id))
    mine = (Task.deleted_at.is_(None), Task.space_id == item.space_id)
    rows = db.rows(select_items().join(above, above.c.id == Task.id).where(*mine).limit(MAX_CHILDREN))
    known = {found.id: found for found in with_details(rows)}
    path: list[TaskItem] = []
    at = known.get(item.parent_id or 0)
    while at is not None and at not in path:
        path.append(at)
        at = known.get(at.parent_id or 0)
    return path[::-1]


def dependencies(actor: Actor, task_id: int) -> Dependencies:
    """Raises NotFound."""
    get_task(actor, task_id)
    live = Task.deleted_at.is_(None)
    before = select_items().join(TaskDependency, TaskDependency.blocker_id == Task.id)
    behind = select_items().join(TaskDependency, TaskDependency.blocked_id == Task.id)
    blockers = before.where(TaskDependency.blocked_id == task_id, live).order_by(Task.id).limit(MAX_DEPENDENCIES)
    blocked = behind.where(TaskDependency.blocker_id == task_id, live).order_by(Task.id).limit(MAX_DEPENDENCIES)
    return Dependencies(with_details(db.rows(blockers)), with_details(db.rows(blocked)))


_COMMENT = (
    TaskComment.id,
    TaskComment.task_id,
    TaskComment.author_id,
    TaskComment.body,
    TaskComment.created_at,
    TaskComment.edited_at,
)


def comments(actor: Actor, task_id: int, *, cursor: str | None = None, limit: int = 50) -> Page[CommentItem]:
    """The oldest first; raises NotFound."""
    get_task(actor, task_id)
    limit = bounded_limit(limit)
    query: db.AnySelect = select(*_COMMENT).where(TaskComment.task_id == task_id)
    if cursor:
        query = query.where(TaskComment.id > decode_cursor(cursor, (int,))[0])
    rows = db.rows(query.order_by(TaskComment.id).limit(limit + 1))
    following = encode_cursor(rows[limit - 1].id) if len(rows) > limit else None
    return Page(_with_mentions(rows[:limit]), following)


def get_comment(actor: Actor, task_id: int, comment_id: int) -> CommentItem:
    get_task(actor, task_id)
    rows = db.rows(select(*_COMMENT).where(TaskComment.id == comment_id, TaskComment.task_id == task_id))
    if not rows:
        raise NotFound()
    return _with_mentions(rows)[0]


def reminders(actor: Actor, task_id: int) -> Sequence[ReminderItem]:
    """The actor's own, soonest first; raises NotFound."""
    get_task(actor, task_id)
    query: db.AnySelect = select(
        TaskReminder.id,
        TaskReminder.task_id,
        TaskReminder.user_id,
        TaskReminder.at,
        TaskReminder.minutes_before,
        TaskReminder.fired_at,
    )
    mine = (TaskReminder.task_id == task_id, TaskReminder.user_id == actor.user_id)
    return [ReminderItem(*row) for row in db.rows(query.where(*mine).order_by(TaskReminder.at, TaskReminder.id))]


def _with_mentions(rows: Sequence[db.AnyRow]) -> list[CommentItem]:
    pair = (TaskMention.comment_id, TaskMention.user_id)
    named: dict[int, list[int]] = {}
    if rows:
        query = select(*pair).where(TaskMention.comment_id.in_([row.id for row in rows])).order_by(*pair)
        for comment_id, user_id in db.rows(query):
            named.setdefault(comment_id, []).append(user_id)
    return [replace(CommentItem(*row), mentions=named.get(row.id, [])) for row in rows]
