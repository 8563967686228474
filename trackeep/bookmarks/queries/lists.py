"""Lists of bookmarks: filters, order, cursor and counts, each page by a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import ColumnElement, ScalarSelect, bindparam, func, select, union_all

from trackeep.bookmarks.filters import Filters, Sort, View
from trackeep.bookmarks.models import Bookmark
from trackeep.bookmarks.queries.conditions import VIEWS, Candidates, candidates_of, plain_conditions
from trackeep.bookmarks.queries.items import BookmarkItem, select_items, with_details
from trackeep.bookmarks.queries.orders import ORDERS, Order
from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.paging import Page, bounded_limit

COUNT_CAP = 1_000
SELECTION_CAP = 100_000
STATEMENTS = 500


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers beside the lists, each at most ``COUNT_CAP`` + 1, which reads 'more than'."""

    all: int
    unread: int
    favourite: int
    archived: int
    failed: int


def list_bookmarks(
    actor: Actor,
    filters: Filters,
    *,
    sort: Sort = Sort.NEWEST,
    cursor: str | None = None,
    limit: int = 30,
    with_total: bool = False,
) -> Page[BookmarkItem]:
    """One page of what the actor may see and the filters let through."""
    filters = filters.within(actor.time_zone)
    limit, order = bounded_limit(limit), ORDERS[sort]
    spaces = _spaces(actor, filters)
    candidates = candidates_of(actor, filters, spaces)
    if candidates is None or not spaces:
        return Page([], total=0)
    if candidates or cursor:
        rows = db.rows(_page(spaces, filters, candidates, sort, order.after(cursor) if cursor else None, limit + 1))
    else:
        rows = db.rows(_first_page(spaces, filters, sort, limit + 1))
    total = _total(spaces, filters, candidates) if with_total else None
    following = order.cursor_of(rows[limit - 1]) if len(rows) > limit else None
    return Page(
        with_details(rows[:limit]),
        following,
        min(total, COUNT_CAP) if total else total,
        bool(total and total > COUNT_CAP),
    )


@lru_cache(maxsize=STATEMENTS)
def _first_page(spaces: tuple[int, ...], filters: Filters, sort: Sort, limit: int) -> db.AnySelect:
    """Kept, as most pages asked for are the first of a plain list, and putting the query together takes longer than
    running it."""
    return _page(spaces, filters, (), sort, None, limit)


def _page(
    spaces: Sequence[int],
    filters: Filters,
    candidates: Sequence[Candidates],
    sort: Sort,
    after: ColumnElement[bool] | None,
    limit: int,
) -> db.AnySelect:
    order = ORDERS[sort]
    ids = _union([_in_space(space_id, filters, candidates, order, after, limit) for space_id in spaces], order)
    page = ids.limit(limit).subquery()
    query = select_items().add_columns(Bookmark.title_key).join(page, page.c.id == Bookmark.id)
    return query.order_by(*order.by())


def matching_page(actor: Actor, filters: Filters, limit: int) -> Sequence[int]:
    """Ids of the newest that the filters let through, without what a list shows of them."""
    filters = filters.within(actor.time_zone)
    spaces, order = _spaces(actor, filters), ORDERS[Sort.NEWEST]
    candidates = candidates_of(actor, filters, spaces)
    if candidates is None or not spaces:
        return []
    parts = [_in_space(space_id, filters, candidates, order, None, limit) for space_id in spaces]
    return [row.id for row in db.rows(_union(parts, order).limit(limit))]


def matching_ids(actor: Actor, filters: Filters) -> Sequence[int]:
    """Ids of everything that the filters let through, for bulk verbs and exports; newest last, capped."""
    conditions = conditions_of(actor, filters)
    if conditions is None:
        return []
    query = select(Bookmark.id).where(*conditions)
    return db.session().scalars(query.order_by(Bookmark.id).limit(SELECTION_CAP)).all()


def counts(actor: Actor, space_id: int | None = None) -> Counts:
    """The numbers of all lists by one query."""
    spaces = _spaces(actor, Filters(space_id=space_id))
    return Counts(*db.rows(_counting(), {"spaces": spaces})[0]) if spaces else Counts(0, 0, 0, 0, 0)


@lru_cache(maxsize=1)
def _counting() -> db.AnySelect:
    """Built once: it costs more to put together than to answer."""
    views = (View.ALL, View.UNREAD, View.FAVOURITE, View.ARCHIVED, View.FAILED)
    return select(*[capped_count(view).label(view.value) for view in views])


def capped_count(view: View) -> ScalarSelect[int]:
    """How many a view has in the spaces of the parameter ``spaces``, at most one more than the cap."""
    within = Bookmark.space_id.in_(bindparam("spaces", expanding=True))
    live = (within, Bookmark.deleted_at.is_(None), VIEWS[view]())
    found = select(Bookmark.id).where(*live).limit(COUNT_CAP + 1).subquery()
    return select(func.count()).select_from(found).scalar_subquery()


def conditions_of(actor: Actor, filters: Filters) -> list[ColumnElement[bool]] | None:
    """All that the filters demand of a bookmark; None when nothing can match."""
    filters = filters.within(actor.time_zone)
    spaces = _spaces(actor, filters)
    candidates = candidates_of(actor, filters, spaces)
    if candidates is None or not spaces:
        return None
    return [Bookmark.space_id.in_(spaces), *_tests(filters, candidates)]


def _spaces(actor: Actor, filters: Filters) -> tuple[int, ...]:
    if filters.space_id is None:
        return tuple(sorted(actor.readable_spaces))
    actor.require_read(filters.space_id)
    return (filters.space_id,)


def _in_space(
    space_id: int,
    filters: Filters,
    candidates: Sequence[Candidates],
    order: Order,
    after: ColumnElement[bool] | None,
    limit: int,
) -> db.AnySelect:
    """The first rows of one space in the list's order, read from the index of that order."""
    # Adding 0 takes the space's index away from the planner, so that it starts from the few candidates.
    few = any(candidate.few for candidate in candidates)
    space = (Bookmark.space_id + 0 if few else Bookmark.space_id) == space_id
    query = select(Bookmark.id, *order.extra_columns()).where(space, *_tests(filters, candidates))
    if after is not None:
        query = query.where(after)
    return query.order_by(*order.by()).limit(limit)


def _tests(filters: Filters, candidates: Sequence[Candidates]) -> list[ColumnElement[bool]]:
    return [*plain_conditions(filters), *(candidate.test for candidate in candidates)]


def _union(parts: Sequence[db.AnySelect], order: Order) -> db.AnySelect:
    if len(parts) == 1:
        return parts[0]
    merged = union_all(*[select(part.subquery()) for part in parts]).subquery()
    return select(merged).order_by(*order.by(merged))


def _total(spaces: Sequence[int], filters: Filters, candidates: Sequence[Candidates]) -> int | None:
    """The number of rows up to just above the cap; unknown where counting would mean walking past many rows."""
    if any(not candidate.few for candidate in candidates) and not any(candidate.few for candidate in candidates):
        return None
    statement = _count(spaces, filters, candidates) if candidates else _plain_count(tuple(spaces), filters)
    return int(db.rows(statement)[0][0])


@lru_cache(maxsize=STATEMENTS)
def _plain_count(spaces: tuple[int, ...], filters: Filters) -> db.AnySelect:
    return _count(spaces, filters, ())


def _count(spaces: Sequence[int], filters: Filters, candidates: Sequence[Candidates]) -> db.AnySelect:
    space = (Bookmark.space_id + 0 if candidates else Bookmark.space_id).in_(spaces)
    found = select(Bookmark.id).where(space, *_tests(filters, candidates)).limit(COUNT_CAP + 1).subquery()
    return select(func.count()).select_from(found)
