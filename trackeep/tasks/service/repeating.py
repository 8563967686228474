"""The next task of one that repeats: a copy that is due later, with the tags, reminders and subtasks of the former."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.tags import service as tags
from trackeep.tasks import queries, recurrence, signals
from trackeep.tasks.models import NO_TIME, Task
from trackeep.tasks.service.columns import due_columns
from trackeep.tasks.service.creating import insert_tasks
from trackeep.tasks.service.reminding import copy_reminders
from trackeep.tasks.service.rows import change_rows
from trackeep.tasks.states import RecursFrom, Status
from trackeep.tasks.zones import day_in, moved, zone_of

MAX_COPIED = 500
"""So many subtasks are copied."""
SAME = ("project_id", "section_id", "title", "notes", "priority", "estimate_minutes", "assignee_id", "position")


def make_next(actor: Actor, task_id: int) -> int | None:
    """Inside the unit of work that finishes the task. None when it does not repeat, is over, or has a next already."""
    task = db.session().execute(select(*Task.__table__.columns).where(Task.id == task_id)).one()._asdict()
    if not task["recurrence"] or _is_live(task["next_id"]):
        return None
    turn = _next_turn(task, actor.time_zone)
    if turn is None:
        return None
    row = _copied(task, turn, actor.time_zone)
    next_id = insert_tasks(actor, task["space_id"], [row])[0]
    change_rows([task_id], {"next_id": next_id})
    later = _later(task, row)
    pairs = {task_id: next_id} | _copy_below(actor, task, next_id, later)
    _copy_tags(task["space_id"], pairs)
    copy_reminders(task_id, next_id, row, by=later, zone=actor.time_zone)
    signals.task_created.announce(ids=list(pairs.values()), space_id=task["space_id"])
    return next_id


def _next_turn(task: Mapping[str, Any], zone: str) -> recurrence.Turn | None:
    completed: datetime = task["completed_at"] or clock.now()
    due: date = task["due_at"] or task["due_on"] or day_in(zone, completed)
    from_due = task["recurs_from"] == RecursFrom.DUE.value
    return recurrence.next_turn(
        task["recurrence"],
        due=due,
        completed=completed,
        start_from="due" if from_due else "completion",
        zone=zone_of(zone),
    )


def _copied(task: Mapping[str, Any], turn: recurrence.Turn, zone: str) -> dict[str, Any]:
    moment = turn.due if isinstance(turn.due, datetime) else None
    due = {"due_at": moment} if moment is not None else {"due_on": turn.due}
    row = _fresh(task) | due_columns(due, zone)
    later = _later(task, row)
    return row | {
        "parent_id": task["parent_id"],
        "recurrence": turn.rule,
        "recurs_from": task["recurs_from"],
        **_moved(task, later, "start"),
    }


def _moved(task: Mapping[str, Any], later: timedelta, which: str) -> dict[str, Any]:
    """Day and moment, or neither where that leads out of the calendar."""
    names = (f"{which}_on", f"{which}_at")
    values = {name: moved(task[name], later) for name in names if task[name] is not None}
    return dict.fromkeys(names) | (values if None not in values.values() else {})


def _moved_due(task: Mapping[str, Any], later: timedelta) -> dict[str, Any]:
    values = _moved(task, later, "due")
    return values | {"due_minute": task["due_minute"] if values["due_at"] is not None else NO_TIME}


def _fresh(task: Mapping[str, Any]) -> dict[str, Any]:
    """A copy that has not begun; without its days and its rule."""
    return {
        **{name: task[name] for name in SAME},
        "status": Status.OPEN.value,
        "progress": 0,
        "due_on": None,
        "due_at": None,
        "start_on": None,
        "start_at": None,
        "recurrence": "",
        "recurs_from": RecursFrom.DUE.value,
        "next_id": None,
        "completed_at": None,
        "deleted_at": None,
    }


def _later(task: Mapping[str, Any], row: Mapping[str, Any]) -> timedelta:
    """By how many days the next is due later; nothing when the former had no due day."""
    return row["due_on"] - task["due_on"] if task["due_on"] else timedelta(0)


def _copy_below(actor: Actor, task: Mapping[str, Any], next_id: int, later: timedelta) -> dict[int, int]:
    """The subtasks anew, level by level, open, and due as much later; trashed ones stay behind. Old id to new id."""
    below = list(queries.tasks_below([task["id"]]))[:MAX_COPIED]
    rows = db.session().execute(select(*Task.__table__.columns).where(db.is_one_of(Task.id, below))).all()
    level: dict[int, int] = {task["id"]: next_id}
    copied: dict[int, int] = {}
    waiting = [row._asdict() for row in sorted(rows, key=lambda row: (row.position, row.id))]
    while level:
        here = [row for row in waiting if row["parent_id"] in level]
        if not here:
            break
        fresh = [
            _fresh(row) | _moved_due(row, later) | _moved(row, later, "start") | {"parent_id": level[row["parent_id"]]}
            for row in here
        ]
        ids = insert_tasks(actor, task["space_id"], fresh)
        level = {row["id"]: new_id for row, new_id in zip(here, ids, strict=True)}
        copied |= level
    return copied


def _copy_tags(space_id: int, pairs: Mapping[int, int]) -> None:
    carried = tags.tags_of(list(pairs))
    tags.attach(space_id, [(pairs[old_id], tag.id) for old_id, found in carried.items() for tag in found])


def _is_live(task_id: int | None) -> bool:
    live = (Task.id == task_id, Task.deleted_at.is_(None))
    return task_id is not None and db.session().scalar(select(Task.id).where(*live)) is not None
