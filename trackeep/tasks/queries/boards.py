"""The columns of a board, by section or by status, and the days of a month, each by a constant number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, func, literal, select, union_all

from trackeep.core import cache, db
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid, NotFound
from trackeep.core.i18n import gettext as _
from trackeep.core.paging import Page, bounded_limit
from trackeep.tasks.filters import Filters, Sort, View
from trackeep.tasks.models import Task
from trackeep.tasks.queries.items import TaskItem, select_items, with_details
from trackeep.tasks.queries.lists import COUNT_CAP, listing_of, spaces_of
from trackeep.tasks.queries.orders import MANUAL
from trackeep.tasks.queries.projects import get_project, sections_of
from trackeep.tasks.states import Status
from trackeep.tasks.zones import day_in

MAX_MONTH_TASKS = 1_000
CARDS = 50
COLUMN_STATES = (Status.OPEN, Status.IN_PROGRESS, Status.DONE)
LONGEST_SPAN = timedelta(days=62)


class BoardBy(StrEnum):
    SECTION = "section"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Column:
    """``key`` is the id of the section (0 without one) or the status; ``next_cursor`` continues the column in the list
    of its section or status, in manual order. ``total`` stops at the cap."""

    key: int | str
    name: str
    cards: Sequence[TaskItem]
    next_cursor: str | None
    total: int


BOARD = cache.Resource("task_board", list[Column], ttl=300)
MONTH = cache.Resource("task_month", dict[str, list[TaskItem]], ttl=300)


def project_columns(
    actor: Actor, project_id: int, *, by: BoardBy = BoardBy.SECTION, limit: int = CARDS
) -> Sequence[Column]:
    """The open tasks at the top of a project (of the finished ones the latest, in columns by status), each column with
    its first cards; also the project as a list by sections. Raises NotFound."""
    project = get_project(actor, project_id)
    limit = bounded_limit(limit)
    return cache.answer(
        BOARD, [project.space_id], (project_id, by, limit), lambda: _columns(actor, project_id, by, limit)
    )


def _columns(actor: Actor, project_id: int, by: BoardBy, limit: int) -> list[Column]:
    named: list[tuple[int | str, str]]
    if by is BoardBy.STATUS:
        named = [(status.value, "") for status in COLUMN_STATES]
    else:
        named = [(0, ""), *((section.id, section.name) for section in sections_of(actor, project_id))]
    tests = [_of_column(project_id, by, key) for key, _name in named]
    rows = db.rows(_first_of_each(tests, limit + 1))
    numbers = db.rows(select(*[_capped(each) for each in tests]))[0]
    found: dict[int, list[db.AnyRow]] = {}
    for row in rows:
        found.setdefault(row.column_number, []).append(row)
    cards = {item.id: item for item in with_details([row for several in found.values() for row in several[:limit]])}
    return [
        Column(
            key,
            name,
            [cards[row.id] for row in found.get(number, [])[:limit]],
            MANUAL.cursor_of(found[number][limit - 1]) if len(found.get(number, [])) > limit else None,
            int(numbers[number]),
        )
        for number, (key, name) in enumerate(named)
    ]


def column_cards(
    actor: Actor, project_id: int, by: BoardBy, key: int | str, *, cursor: str | None, limit: int = CARDS
) -> Page[TaskItem]:
    """More cards of one column; raises NotFound, and Invalid for a cursor or a column that there is not."""
    get_project(actor, project_id)
    if by is BoardBy.STATUS and key not in {status.value for status in COLUMN_STATES}:
        raise NotFound()
    limit, tests = bounded_limit(limit), _of_column(project_id, by, key)
    if cursor:
        tests.append(MANUAL.after(cursor))
    rows = db.rows(_first_of_each([tests], limit + 1))
    following = MANUAL.cursor_of(rows[limit - 1]) if len(rows) > limit else None
    return Page(with_details(rows[:limit]), following)


def _of_column(project_id: int, by: BoardBy, key: int | str) -> list[ColumnElement[bool]]:
    here = [Task.project_id == project_id, Task.parent_id.is_(None), Task.deleted_at.is_(None)]
    if by is BoardBy.STATUS:
        finished = Task.completed_at.is_not(None) if Status(str(key)).is_closed else Task.completed_at.is_(None)
        return [*here, finished, Task.status == key]
    section = Task.section_id.is_(None) if key == 0 else Task.section_id == key
    return [*here, Task.completed_at.is_(None), section]


def _first_of_each(tests: Sequence[Sequence[ColumnElement[bool]]], limit: int) -> db.AnySelect:
    """One statement however many columns there are: each reads the beginning of its index."""
    parts = [_first(number, each, limit) for number, each in enumerate(tests)]
    ids = (parts[0] if len(parts) == 1 else union_all(*[select(part.subquery()) for part in parts])).subquery()
    query = select_items().add_columns(ids.c.column_number, ids.c.sort_position, ids.c.sort_id)
    return query.join(ids, ids.c.sort_id == Task.id).order_by(ids.c.column_number, ids.c.sort_position, ids.c.sort_id)


def _first(number: int, tests: Sequence[ColumnElement[bool]], limit: int) -> db.AnySelect:
    columns = MANUAL.labelled()
    query: db.AnySelect = select(literal(number).label("column_number"), *columns)
    return query.where(*tests).order_by(*MANUAL.by()).limit(limit)


def _capped(tests: Sequence[ColumnElement[bool]]) -> ColumnElement[int]:
    found: Select[int] = select(Task.id).where(*tests).limit(COUNT_CAP + 1)
    return select(func.count()).select_from(found.subquery()).scalar_subquery()


def calendar_days(
    actor: Actor, first: date, last: date, filters: Filters | None = None
) -> Mapping[str, list[TaskItem]]:
    """The tasks that are due from the first to the last day (at most 62 days), finished ones too, by ISO day in the
    actor's zone: 1,000 at most. Raises Invalid for a span that is longer or runs backwards."""
    if not timedelta(0) <= last - first <= LONGEST_SPAN:
        raise Invalid(fields={"last": [_("Ask for at most two months at a time.")]})
    asked = replace(filters or Filters(), view=View.ALL, due_from=first, due_to=last)
    asked = asked.asked_by(actor.user_id, actor.time_zone)
    asked = replace(asked, today=first)
    spaces = spaces_of(actor, asked)
    looked_at = actor.readable_spaces if asked.tag else spaces
    return cache.answer(MONTH, looked_at, (spaces, asked), lambda: _days(actor, asked, spaces))


def _days(actor: Actor, asked: Filters, spaces: tuple[int, ...]) -> dict[str, list[TaskItem]]:
    listing = listing_of(actor, asked, spaces, Sort.DUE)
    items = [] if listing is None else with_details(listing.rows(MAX_MONTH_TASKS))
    days: dict[str, list[TaskItem]] = {}
    for item in items:
        day = day_in(asked.zone, item.due_at) if item.due_at is not None else item.due_on
        days.setdefault(day.isoformat() if day else "", []).append(item)
    return days
