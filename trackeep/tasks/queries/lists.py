"""Lists of tasks: filters, order, cursor and counts, each page by a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Subquery, func, select, union_all

from trackeep.core import cache, db
from trackeep.core.actor import Actor
from trackeep.core.candidates import SOON, Candidates, are_few, tests_of
from trackeep.core.paging import Page, bounded_limit
from trackeep.tasks.filters import DEFAULT_SORTS, Filters, Sort, View
from trackeep.tasks.models import Task
from trackeep.tasks.queries.conditions import candidates_of, place_conditions, plain_conditions
from trackeep.tasks.queries.items import TaskItem, select_items, with_details
from trackeep.tasks.queries.orders import ORDERS, Order
from trackeep.tasks.queries.tree import space_of_project

SELECTION_CAP = 100_000
COUNT_CAP = 1_000
LIST = cache.Resource("task_list", Page[TaskItem], ttl=300)
SEARCH = cache.Resource("task_search", Page[TaskItem], ttl=300)
COUNTS = cache.Resource("task_counts", dict[str, int], ttl=300)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: the spaces and what is demanded beside. ``narrowed`` says that something else than the space leads to
    the few tasks. SQLite's planner, which does not count, must then not start from the space's index; PostgreSQL's
    knows better what is few."""

    spaces: tuple[int, ...]
    tests: Sequence[ColumnElement[bool]]
    candidates: Sequence[Candidates]
    order: Order
    narrowed: bool
    after: ColumnElement[bool] | None = None

    def rows(self, limit: int) -> Sequence[db.AnyRow]:
        """The first of them, looked for close by before everywhere."""
        if self.candidates and not are_few(self.candidates):
            rows = db.rows(self._page(self._among_first(limit), limit))
            if len(rows) == limit:
                return rows
        return db.rows(self._page(self._walked(self._all_tests(), limit), limit))

    def ids(self, limit: int) -> db.AnySelect:
        query: db.AnySelect = select(Task.id)
        return query.where(Task.space_id.in_(self.spaces), *self._all_tests()).order_by(Task.id).limit(limit)

    def count(self) -> db.AnySelect:
        space = self._space().in_(self.spaces)
        found = select(Task.id).where(space, *self._all_tests()).limit(COUNT_CAP + 1).subquery()
        query: db.AnySelect = select(func.count()).select_from(found)
        return query

    def _page(self, ids: Subquery, limit: int) -> db.AnySelect:
        query = select_items().add_columns(*[ids.c[f"sort_{name}"] for name, _column in self.order.columns])
        return query.join(ids, ids.c.sort_id == Task.id).order_by(*self.order.by(ids)).limit(limit)

    def _among_first(self, limit: int) -> Subquery:
        """Those of the first rows that the candidates let through."""
        walked = self._walked(self.tests, SOON)
        rows = select(walked).order_by(*self.order.by(walked)).limit(SOON).subquery()
        wanted = select(rows).where(*[each.each(rows.c.sort_id) for each in self.candidates])
        return wanted.order_by(*self.order.by(rows)).limit(limit).subquery()

    def _walked(self, tests: Sequence[ColumnElement[bool]], limit: int) -> Subquery:
        """So many of each space, in the list's order."""
        parts = [self._in_space(space_id, tests, limit) for space_id in self.spaces]
        first = parts[0] if len(parts) == 1 else union_all(*[select(part.subquery()) for part in parts])
        return first.subquery()

    def _in_space(self, space_id: int, tests: Sequence[ColumnElement[bool]], limit: int) -> db.AnySelect:
        query: db.AnySelect = select(*self.order.labelled()).where(self._space() == space_id, *tests)
        if self.after is not None:
            query = query.where(self.after)
        return query.order_by(*self.order.by()).limit(limit)

    def _all_tests(self) -> list[ColumnElement[bool]]:
        return [*self.tests, *tests_of(self.candidates, Task.id)]

    def _space(self) -> ColumnElement[int]:
        led = self.narrowed or are_few(self.candidates)
        return Task.space_id + 0 if led and db.dialect() == "sqlite" else Task.space_id.expression


def list_tasks(
    actor: Actor,
    filters: Filters,
    *,
    sort: Sort | None = None,
    cursor: str | None = None,
    limit: int = 50,
    with_total: bool = False,
) -> Page[TaskItem]:
    """One page of what the actor may see and the filters let through, in the order that fits the view if none is
    named."""
    filters, limit = filters.asked_by(actor.user_id, actor.time_zone), bounded_limit(limit)
    spaces, sort = spaces_of(actor, filters), sort or default_sort(filters)
    return cache.answer(
        SEARCH if filters.text.strip() else LIST,
        actor.readable_spaces if filters.tag else spaces,
        (spaces, filters, sort, cursor, limit, with_total),
        lambda: _listed(actor, filters, spaces, sort, cursor, limit, with_total),
    )


def default_sort(filters: Filters) -> Sort:
    return Sort.MANUAL if filters.view is View.OPEN and filters.project_id else DEFAULT_SORTS[filters.view]


def _listed(
    actor: Actor,
    filters: Filters,
    spaces: tuple[int, ...],
    sort: Sort,
    cursor: str | None,
    limit: int,
    with_total: bool,
) -> Page[TaskItem]:
    listing = listing_of(actor, filters, spaces, sort, cursor)
    if listing is None:
        return Page([], total=0)
    rows = listing.rows(limit + 1)
    total = int(db.rows(listing.count())[0][0]) if with_total else None
    following = listing.order.cursor_of(rows[limit - 1]) if len(rows) > limit else None
    capped = bool(total and total > COUNT_CAP)
    return Page(with_details(rows[:limit]), following, COUNT_CAP if capped else total, capped)


def listing_of(
    actor: Actor, filters: Filters, spaces: tuple[int, ...], sort: Sort, cursor: str | None = None
) -> Listing | None:
    """None when nothing can match."""
    candidates = candidates_of(actor, filters, spaces)
    if candidates is None or not spaces:
        return None
    places, order = place_conditions(actor, filters), ORDERS[sort]
    tests = [*plain_conditions(filters), *places]
    if sort is Sort.FINISHED:
        tests.append(Task.completed_at.is_not(None))
    narrowed = bool(places) or filters.parent_id is not None or filters.section_id is not None
    return Listing(spaces, tests, candidates, order, narrowed, order.after(cursor) if cursor else None)


def matching_ids(actor: Actor, filters: Filters, limit: int = SELECTION_CAP) -> Sequence[int]:
    """Ids of everything that the filters let through, for bulk verbs and exports; newest last, capped."""
    filters = filters.asked_by(actor.user_id, actor.time_zone)
    listing = listing_of(actor, filters, spaces_of(actor, filters), Sort.NEWEST)
    return [] if listing is None else [row.id for row in db.rows(listing.ids(limit))]


COUNTED = (View.TODAY, View.OVERDUE, View.UPCOMING, View.INBOX, View.OPEN)


def counts(actor: Actor, space_id: int | None = None) -> dict[str, int]:
    """How many tasks are in the lists that everybody has, each at most one more than the cap."""
    asked = Filters(space_id=space_id).asked_by(actor.user_id, actor.time_zone)
    spaces = spaces_of(actor, asked)
    return cache.answer(COUNTS, spaces, (asked,), lambda: _counted(actor, asked, spaces, COUNTED))


def count_view(actor: Actor, view: View, space_id: int | None = None) -> int:
    """One of them alone: every page shows it, few show the others."""
    asked = Filters(space_id=space_id, view=view).asked_by(actor.user_id, actor.time_zone)
    spaces = spaces_of(actor, asked)
    views = (view,)
    return cache.answer(COUNTS, spaces, (views, asked), lambda: _counted(actor, asked, spaces, views))[view.value]


def _counted(actor: Actor, asked: Filters, spaces: tuple[int, ...], views: Sequence[View]) -> dict[str, int]:
    listings = [listing_of(actor, replace(asked, view=view), spaces, DEFAULT_SORTS[view]) for view in views]
    numbers = [listing.count().scalar_subquery() for listing in listings if listing is not None]
    if not numbers:
        return {view.value: 0 for view in views}
    row = db.rows(select(*numbers))[0]
    return {view.value: int(number) for view, number in zip(views, row, strict=True)}


def spaces_of(actor: Actor, filters: Filters) -> tuple[int, ...]:
    """The spaces that are looked at; raises NotFound for one, or for a project, that the actor may not see."""
    if filters.project_id is not None:
        return (space_of_project(actor, filters.project_id),)
    if filters.space_id is None:
        return tuple(sorted(actor.readable_spaces))
    actor.require_read(filters.space_id)
    return (filters.space_id,)
