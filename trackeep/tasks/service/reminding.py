"""Reminders: kept with a task, moved along with its due moment, and marked as fired when their time has come."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid, NotFound
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import take_turn, touch_spaces_of
from trackeep.tasks import queries, signals
from trackeep.tasks.drafts import ReminderDraft
from trackeep.tasks.errors import TooManyTasks
from trackeep.tasks.models import Task, TaskReminder
from trackeep.tasks.service.columns import check_calendar
from trackeep.tasks.zones import moved, zone_of

MAX_REMINDERS = 20
MAX_MINUTES = 60 * 24 * 366
MORNING = time(9)
STEP = 500


def add_reminder(actor: Actor, task_id: int, draft: ReminderDraft) -> int:
    """For the actor alone, and so also for who only reads the space. Raises Invalid for one that goes with a due day
    that is not set."""
    task = queries.get_task(actor, task_id)
    with db.unit_of_work():
        take_turn(task.space_id)
        added = add_reminders(actor, task_id, task._asdict(), [draft])
        touch_spaces_of([task_id])
    return added[0]


def add_reminders(
    actor: Actor, task_id: int, task: Mapping[str, Any], drafts: Sequence[ReminderDraft]
) -> Sequence[int]:
    """The same inside the open unit of work, for a task whose columns are known."""
    if not drafts:
        return []
    user_id = actor.require_user()
    mine = (TaskReminder.task_id == task_id, TaskReminder.user_id == user_id)
    there = db.session().scalar(select(func.count()).select_from(TaskReminder).where(*mine)) or 0
    if there + len(drafts) > MAX_REMINDERS:
        raise TooManyTasks()
    rows = [
        {
            "task_id": task_id,
            "user_id": user_id,
            "at": _moment(draft, task, actor.time_zone),
            "minutes_before": draft.minutes_before,
        }
        for draft in drafts
    ]
    return db.session().scalars(insert(TaskReminder).returning(TaskReminder.id), rows).all()


def remove_reminder(actor: Actor, task_id: int, reminder_id: int) -> None:
    task = queries.get_task(actor, task_id)
    mine = (TaskReminder.id == reminder_id, TaskReminder.task_id == task_id, TaskReminder.user_id == actor.user_id)
    with db.unit_of_work() as session:
        take_turn(task.space_id)
        removed = session.scalars(delete(TaskReminder).where(*mine).returning(TaskReminder.id)).all()
        if not removed:
            raise NotFound()
        touch_spaces_of([task_id])


def shift_reminders(actor: Actor, task_id: int, task: Mapping[str, Any]) -> None:
    """Inside the open unit of work: those that go with the due moment follow it, and wait anew if it lies ahead.
    Without a due day they are gone."""
    session = db.session()
    following = (TaskReminder.task_id == task_id, TaskReminder.minutes_before.is_not(None))
    if task["due_on"] is None:
        session.execute(delete(TaskReminder).where(*following))
        return
    due = due_moment(task, actor.time_zone)
    for reminder_id, minutes in session.execute(select(TaskReminder.id, TaskReminder.minutes_before).where(*following)):
        at = due - timedelta(minutes=minutes or 0)
        values: dict[str, Any] = {"at": at} if at <= clock.now() else {"at": at, "fired_at": None}
        session.execute(update(TaskReminder).where(TaskReminder.id == reminder_id).values(**values))


def shift_all(actor: Actor, task_ids: Sequence[int]) -> None:
    """The same for many tasks, as they are now."""
    columns: db.AnySelect = select(Task.id, Task.due_on, Task.due_at)
    following = select(TaskReminder.task_id).where(TaskReminder.minutes_before.is_not(None))
    wanted = columns.where(db.is_one_of(Task.id, task_ids), Task.id.in_(following))
    for row in db.session().execute(wanted.order_by(Task.id)).all():
        shift_reminders(actor, row.id, row._asdict())


def copy_reminders(from_id: int, to_id: int, task: Mapping[str, Any], *, by: timedelta, zone: str) -> None:
    """The next task of a repeating one gets the reminders of the former, as much later as it is due."""
    rows = []
    kept = select(TaskReminder.user_id, TaskReminder.at, TaskReminder.minutes_before)
    for user_id, at, minutes in db.session().execute(kept.where(TaskReminder.task_id == from_id)):
        later = moved(at, by) if minutes is None else due_moment(task, zone) - timedelta(minutes=minutes)
        if later is not None:
            rows.append({"task_id": to_id, "user_id": user_id, "at": later, "minutes_before": minutes})
    if rows:
        db.session().execute(insert(TaskReminder), rows)


def fire_due() -> int:
    """Mark the reminders whose time has come, each once, and announce them; those of tasks that are finished or in the
    trash are marked in silence. Answers how many were marked: at most 500 a call."""
    now = clock.now()
    due = select(TaskReminder.id).where(TaskReminder.fired_at.is_(None), TaskReminder.at <= now)
    with db.unit_of_work() as session:
        ids = session.scalars(due.order_by(TaskReminder.at, TaskReminder.id).limit(STEP)).all()
        fired = session.execute(
            update(TaskReminder)
            .where(TaskReminder.id.in_(ids), TaskReminder.fired_at.is_(None))
            .values(fired_at=now)
            .returning(TaskReminder.id, TaskReminder.task_id, TaskReminder.user_id)
            .execution_options(synchronize_session=False)
        ).all()
        task_ids = [row.task_id for row in fired]
        live = (Task.id.in_(task_ids), Task.deleted_at.is_(None), Task.completed_at.is_(None))
        waiting = set(session.scalars(select(Task.id).where(*live)))
        told = [row for row in fired if row.task_id in waiting]
        for row in told:
            signals.reminder_due.announce(id=row.id, task_id=row.task_id, user_id=row.user_id)
    return len(fired)


def due_moment(task: Mapping[str, Any], zone: str) -> datetime:
    """When a task is due, which without a time is at nine in the morning of its day."""
    moment: datetime | None = task["due_at"]
    return moment if moment is not None else datetime.combine(task["due_on"], MORNING, zone_of(zone))


def _moment(draft: ReminderDraft, task: Mapping[str, Any], zone: str) -> datetime:
    if (draft.at is None) == (draft.minutes_before is None):
        raise Invalid(fields={"at": [_("Give either a moment, or how long before the task is due.")]})
    if draft.at is not None:
        check_calendar("at", draft.at)
        return draft.at
    minutes = draft.minutes_before or 0
    if not 0 <= minutes <= MAX_MINUTES:
        raise Invalid(fields={"minutes_before": [_("At most a year before.")]})
    if task["due_on"] is None:
        raise Invalid(fields={"minutes_before": [_("Give the task a due day first.")]})
    return due_moment(task, zone) - timedelta(minutes=minutes)
