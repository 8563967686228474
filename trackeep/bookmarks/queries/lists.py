"""Lists of bookmarks: filters, order, cursor and counts, each page by a constant number of queries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import ColumnElement, ScalarSelect, bindparam, func, select

from trackeep.bookmarks.filters import Filters, Sort, View
from trackeep.bookmarks.models import Bookmark
from trackeep.bookmarks.queries.conditions import VIEWS, candidates_of
from trackeep.bookmarks.queries.items import BookmarkItem, with_details
from trackeep.bookmarks.queries.orders import ORDERS
from trackeep.bookmarks.queries.statements import COUNT_CAP, Listing
from trackeep.core import cache, db
from trackeep.core.actor import Actor
from trackeep.core.candidates import SOON, Candidates
from trackeep.core.paging import Page, bounded_limit

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
    broken: int


PAGE_SIZE = 30
"""Rows of a page of the list."""
LIST = cache.Resource("bookmark_list", Page[BookmarkItem], ttl=300)
SEARCH = cache.Resource("bookmark_search", Page[BookmarkItem], ttl=300)
COUNTS = cache.Resource("bookmark_counts", Counts, ttl=300)


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
    filters, limit = filters.within(actor.time_zone), bounded_limit(limit)
    spaces = _spaces(actor, filters)
    # Collections and tags are looked for wherever the actor may read.
    looked_at = actor.readable_spaces if filters.tag or filters.collection_id is not None else spaces
    return cache.answer(
        SEARCH if filters.text.strip() else LIST,
        looked_at,
        (spaces, filters, sort, cursor, limit, with_total),
        lambda: _listed(actor, filters, sort, cursor, limit, with_total),
    )


def _listed(
    actor: Actor, filters: Filters, sort: Sort, cursor: str | None, limit: int, with_total: bool
) -> Page[BookmarkItem]:
    spaces, order = _spaces(actor, filters), ORDERS[sort]
    candidates = candidates_of(actor, filters, spaces)
    if candidates is None or not spaces:
        return Page([], total=0)
    if candidates or cursor:
        listing = Listing(spaces, filters, candidates, order, order.after(cursor) if cursor else None)
        rows = _first(listing, limit + 1, listing.page)
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


def _first(listing: Listing, limit: int, show: Callable[[db.AnySelect], db.AnySelect]) -> Sequence[db.AnyRow]:
    """The first rows as ``show`` shows their ids, looked for close by before everywhere."""
    if listing.candidates and not listing.starts_from_few:
        rows = db.rows(show(listing.ids_among_first(limit, SOON)))
        if len(rows) == limit:
            return rows
    return db.rows(show(listing.ids(limit)))


@lru_cache(maxsize=STATEMENTS)
def _first_page(spaces: tuple[int, ...], filters: Filters, sort: Sort, limit: int) -> db.AnySelect:
    """Kept, as most pages asked for are the first of a plain list, and putting the query together takes longer than
    running it."""
    listing = Listing(spaces, filters, (), ORDERS[sort])
    return listing.page(listing.ids(limit))


def matching_page(actor: Actor, filters: Filters, limit: int) -> Sequence[int]:
    """Ids of the newest that the filters let through, without what a list shows of them."""
    filters = filters.within(actor.time_zone)
    spaces = _spaces(actor, filters)
    candidates = candidates_of(actor, filters, spaces)
    if candidates is None or not spaces:
        return []
    listing = Listing(spaces, filters, candidates, ORDERS[Sort.NEWEST])
    return [row.id for row in _first(listing, limit, lambda ids: ids)]


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
    if not spaces:
        return Counts(0, 0, 0, 0, 0, 0)
    return cache.answer(COUNTS, spaces, (), lambda: Counts(*db.rows(_counting(), {"spaces": spaces})[0]))


@lru_cache(maxsize=1)
def _counting() -> db.AnySelect:
    """Built once: it costs more to put together than to answer."""
    views = (View.ALL, View.UNREAD, View.FAVOURITE, View.ARCHIVED, View.FAILED, View.BROKEN)
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
    return [Bookmark.space_id.in_(spaces), *Listing(spaces, filters, candidates, ORDERS[Sort.NEWEST]).tests()]


def _spaces(actor: Actor, filters: Filters) -> tuple[int, ...]:
    if filters.space_id is None:
        return tuple(sorted(actor.readable_spaces))
    actor.require_read(filters.space_id)
    return (filters.space_id,)


def _total(spaces: tuple[int, ...], filters: Filters, candidates: Sequence[Candidates]) -> int | None:
    """The number of rows up to just above the cap; unknown where counting would mean walking past many rows."""
    if not candidates:
        return int(db.rows(_plain_count(spaces, filters))[0][0])
    listing = Listing(spaces, filters, candidates, ORDERS[Sort.NEWEST])
    return int(db.rows(listing.count())[0][0]) if listing.starts_from_few else None


@lru_cache(maxsize=STATEMENTS)
def _plain_count(spaces: tuple[int, ...], filters: Filters) -> db.AnySelect:
    return Listing(spaces, filters, (), ORDERS[Sort.NEWEST]).count()
