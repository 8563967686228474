"""The days of a calendar: the first tasks of each with how many there are, and the repeating ones that will come."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, literal_column, select

from trackeep.core import cache, db
from trackeep.core.actor import Actor
from trackeep.core.candidates import tests_of
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.tasks import recurrence
from trackeep.tasks.filters import Filters, View
from trackeep.tasks.models import Task
from trackeep.tasks.queries.boards import LONGEST_SPAN
from trackeep.tasks.queries.conditions import candidates_of, place_conditions, plain_conditions
from trackeep.tasks.queries.items import TaskItem, get_tasks
from trackeep.tasks.queries.lists import spaces_of
from trackeep.tasks.states import RecursFrom
from trackeep.tasks.zones import day_in, zone_of

MOST_TASKS, MOST_REPEATING, SHOWN = 5_000, 200, 4
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """``total`` is how many are due, ``first`` the first of them by their time."""

    total: int
    first: list[TaskItem]


@dataclass(frozen=True, slots=True)
class Coming:
    """A time at which an open task will come again, if it is done when it is due."""

    task_id: int
    title: str
    at: datetime | None


DAYS = cache.Resource("task_days", dict[str, Day], ttl=300)
COMING = cache.Resource("task_coming", dict[str, list[Coming]], ttl=300)


def month_days(actor: Actor, first: date, last: date, filters: Filters) -> Mapping[str, Day]:
    """What is due on each day from the first to the last (at most 62), finished ones too, by ISO day in the actor's
    zone; of more than 5,000 the first ones count. Raises Invalid for a span that is longer or runs backwards."""
    asked, spaces = _asked(actor, first, last, filters)
    looked_at = actor.readable_spaces if asked.tag else spaces
    return cache.answer(DAYS, looked_at, (spaces, asked), lambda: _days(actor, asked, spaces))


def coming_tasks(actor: Actor, first: date, last: date, filters: Filters) -> Mapping[str, list[Coming]]:
    """When the open tasks that repeat by their due day will come again in the span, by ISO day: of the 200 that are
    due first."""
    asked, spaces = _asked(actor, first, last, filters)
    looked_at = actor.readable_spaces if asked.tag else spaces
    return cache.answer(COMING, looked_at, (spaces, asked), lambda: _coming(actor, asked, spaces))


def _asked(actor: Actor, first: date, last: date, filters: Filters) -> tuple[Filters, tuple[int, ...]]:
    if not timedelta(0) <= last - first <= LONGEST_SPAN:
        raise Invalid(fields={"last": [_("Ask for at most two months at a time.")]})
    view = View.ALL if filters.view is View.OPEN else filters.view
    asked = replace(filters, view=view, due_from=first, due_to=last).asked_by(actor.user_id, actor.time_zone)
    return replace(asked, today=first), spaces_of(actor, asked)


def _days(actor: Actor, asked: Filters, spaces: tuple[int, ...]) -> dict[str, Day]:
    """Only what is shown is read whole."""
    found: dict[str, list[int]] = {}
    for row in _rows(actor, asked, spaces):
        day = day_in(asked.zone, row.due_at) if row.due_at is not None else row.due_on
        found.setdefault(day.isoformat(), []).append(row.id)
    items = get_tasks(actor, [task_id for ids in found.values() for task_id in ids[:SHOWN]])
    return {
        day: Day(len(ids), [items[task_id] for task_id in ids[:SHOWN] if task_id in items])
        for day, ids in found.items()
    }


def _rows(actor: Actor, asked: Filters, spaces: tuple[int, ...]) -> list[db.AnyRow]:
    candidates = candidates_of(actor, asked, spaces)
    if candidates is None or not spaces:
        return []
    closed = Task.completed_at.is_not(None).label("closed")
    conditions = [*plain_conditions(asked), *place_conditions(actor, asked), *tests_of(candidates, Task.id)]
    query: db.AnySelect = select(Task.id, Task.due_on, Task.due_at, Task.due_minute, closed)
    query = query.where(Task.space_id.in_(spaces), *conditions)
    rows = list(db.rows(query.where(Task.due_on.is_not(None)).limit(MOST_TASKS)))
    # Unfinished ones first, so that they are shown where there is no room for all.
    return sorted(rows, key=lambda row: (row.due_on, row.closed, row.due_minute, row.id))


def _coming(actor: Actor, asked: Filters, spaces: tuple[int, ...]) -> dict[str, list[Coming]]:
    first, last = asked.due_from, asked.due_to
    wanted = replace(asked, view=View.OPEN, due_from=None)
    candidates = candidates_of(actor, wanted, spaces)
    if candidates is None or not spaces or first is None or last is None:
        return {}
    conditions = [*plain_conditions(wanted), *place_conditions(actor, wanted), *tests_of(candidates, Task.id)]
    query: db.AnySelect = select(Task.id, Task.title, Task.due_on, Task.due_at, Task.recurrence)
    # Written out as the index is: SQLite compares the words.
    repeats: list[ColumnElement[bool]] = [
        literal_column("tasks.recurrence <> ''"),
        Task.recurs_from == RecursFrom.DUE.value,
    ]
    query = query.where(Task.space_id.in_(spaces), *conditions, *repeats)
    found: dict[str, list[Coming]] = {}
    for row in db.rows(query.order_by(Task.due_on, Task.id).limit(MOST_REPEATING)):
        for day, coming in _times(row, first, last, asked.zone):
            found.setdefault(day, []).append(coming)
    return found


def _times(row: db.AnyRow, first: date, last: date, zone: str) -> Iterator[tuple[str, Coming]]:
    due = row.due_at if row.due_at is not None else row.due_on
    try:
        times = recurrence.occurrences(row.recurrence, due=due, first=first, last=last, zone=zone_of(zone))
    except recurrence.UnusableRule:
        return
    for when in times:
        moment = when if isinstance(when, datetime) else None
        day = day_in(zone, moment) if moment is not None else when
        yield day.isoformat(), Coming(row.id, row.title, moment)
