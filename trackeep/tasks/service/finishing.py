"""Finishing tasks, taking that back, and the next one of a task that repeats."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.objects import Object, touch_objects
from trackeep.tasks import queries, signals
from trackeep.tasks.errors import OpenSubtasks
from trackeep.tasks.models import Task
from trackeep.tasks.service.repeating import make_next
from trackeep.tasks.service.rows import change_rows, index_again, writable
from trackeep.tasks.service.trashing import trash_tasks
from trackeep.tasks.states import Children, Status

UNTOUCHED = 1
"""The version of an object that nobody has changed since it was made."""


def complete_task(actor: Actor, task_id: int, children: Children | None = None) -> int | None:
    """Done. Raises OpenSubtasks when there are open tasks below and ``children`` does not say what becomes of them.
    Answers the id of the next task when this one repeats."""
    return finish(actor, task_id, Status.DONE, children)


def cancel_task(actor: Actor, task_id: int, children: Children | None = None) -> None:
    """Given up: it does not come again."""
    finish(actor, task_id, Status.CANCELLED, children)


def reopen_task(actor: Actor, task_id: int, status: Status = Status.OPEN) -> None:
    """Open again, or in progress. The next task that its completion made goes to the trash if nobody has touched it."""
    finish(actor, task_id, status, None)


def finish(actor: Actor, task_id: int, status: Status, children: Children | None) -> int | None:
    actor.require_write(queries.get_task(actor, task_id).space_id)
    with db.unit_of_work():
        return set_status(actor, task_id, status, children)


def set_status(actor: Actor, task_id: int, status: Status, children: Children | None) -> int | None:
    """Inside the open unit of work."""
    writable(actor, [task_id])
    row = _row(task_id)
    if row is None or row.status == status.value:
        return None
    if not status.is_closed:
        _reopen(actor, row, status)
        return None
    below = open_below([task_id])
    if below and children is None:
        raise OpenSubtasks(open_subtasks=len(below))
    close([task_id, *(below if children is Children.COMPLETE else [])], status)
    return make_next(actor, task_id) if status is Status.DONE else None


def close(ids: Sequence[int], status: Status, moment: datetime | None = None) -> None:
    """Write that these open tasks are finished, inside the open unit of work."""
    change_rows(ids, {"status": status.value, "completed_at": moment or clock.now()})
    _changed(ids)
    signals.tasks_finished.announce(ids=list(ids))


def open_below(ids: Sequence[int]) -> list[int]:
    """The unfinished tasks at any depth below these."""
    below = queries.tasks_below(ids)
    query = select(Task.id).where(db.is_one_of(Task.id, below), Task.completed_at.is_(None)).order_by(Task.id)
    return list(db.session().scalars(query)) if below else []


def _reopen(actor: Actor, row: db.AnyRow, status: Status) -> None:
    change_rows([row.id], {"status": status.value, "completed_at": None, **take_back_next(actor, row.next_id)})
    _changed([row.id])


def take_back_next(actor: Actor, next_id: int | None) -> dict[str, Any]:
    """Trash the next task while nobody has touched it; the columns that then follow for the one before."""
    if next_id is None:
        return {}
    live = (Object.id == next_id, Object.deleted_at.is_(None), Object.version == UNTOUCHED)
    if db.session().scalar(select(Object.id).where(*live)) is None:
        return {}
    trash_tasks(actor, [next_id])
    return {"next_id": None}


def _row(task_id: int) -> db.AnyRow | None:
    query: db.AnySelect = select(Task.id, Task.status, Task.next_id)
    return db.session().execute(query.where(Task.id == task_id, Task.deleted_at.is_(None))).first()


def _changed(ids: Sequence[int]) -> None:
    touch_objects(ids, marks_only=True)
    index_again(ids)
    signals.tasks_changed.announce(ids=list(ids))
