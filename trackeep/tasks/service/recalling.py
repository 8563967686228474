"""Reminders that go with a due moment: how the undo journal keeps them, and how they come back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from trackeep.core import db
from trackeep.tasks.models import Task, TaskReminder
from trackeep.tasks.service.rows import members_among

Kept = dict[str, Any]


def kept_reminders(task_ids: Sequence[int]) -> dict[int, list[Kept]]:
    """Those of all people by task; tasks without any are left out."""
    columns = (TaskReminder.task_id, TaskReminder.user_id, TaskReminder.at)
    query = select(*columns, TaskReminder.minutes_before, TaskReminder.fired_at)
    following = (db.is_one_of(TaskReminder.task_id, task_ids), TaskReminder.minutes_before.is_not(None))
    found: dict[int, list[Kept]] = {}
    for row in db.session().execute(query.where(*following).order_by(TaskReminder.id)):
        line = {"user_id": row.user_id, "at": row.at.isoformat(), "minutes_before": row.minutes_before}
        fired = row.fired_at.isoformat() if row.fired_at is not None else None
        found.setdefault(row.task_id, []).append({**line, "fired_at": fired})
    return found


def recall_reminders(kept: Mapping[int, Sequence[Kept]]) -> None:
    """Inside the open unit of work, once the due moments are back. Who has left the space is not reminded any more."""
    spaces = select(Task.id, Task.space_id).where(db.is_one_of(Task.id, list(kept)))
    rows = []
    for task_id, space_id in db.session().execute(spaces).all():
        here = members_among(space_id, [line["user_id"] for line in kept[task_id]])
        rows += [_row(task_id, line) for line in kept[task_id] if line["user_id"] in here]
    if rows:
        db.session().execute(insert(TaskReminder), rows)


def _row(task_id: int, line: Kept) -> Kept:
    fired = line["fired_at"]
    moments = {"at": datetime.fromisoformat(line["at"]), "fired_at": datetime.fromisoformat(fired) if fired else None}
    return {**line, **moments, "task_id": task_id}
