"""What stands before and behind a bookmark in a list, for going on to the next without going back."""

from dataclasses import dataclass

from sqlalchemy import select

from trackeep.bookmarks.filters import Filters, Sort
from trackeep.bookmarks.models import Bookmark
from trackeep.bookmarks.queries.conditions import candidates_of
from trackeep.bookmarks.queries.orders import ORDERS, Order
from trackeep.bookmarks.queries.statements import Listing
from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.candidates import SOON


@dataclass(frozen=True, slots=True)
class Neighbour:
    id: int
    title: str


def neighbours(
    actor: Actor, filters: Filters, sort: Sort, bookmark_id: int
) -> tuple[Neighbour | None, Neighbour | None]:
    """The one before and the one behind in this list; the bookmark itself need not be in it any more."""
    filters = filters.within(actor.time_zone)
    if filters.space_id is not None:
        actor.require_read(filters.space_id)
    order = ORDERS[sort]
    here = db.rows(select(*order.columns, Bookmark.id).where(Bookmark.id == bookmark_id))
    if not here:
        return None, None
    cursor = order.cursor_of(here[0])
    backwards = Order(order.columns, descending=not order.descending)
    return _first(actor, filters, backwards, cursor), _first(actor, filters, order, cursor)


def _first(actor: Actor, filters: Filters, order: Order, cursor: str) -> Neighbour | None:
    spaces = (filters.space_id,) if filters.space_id is not None else tuple(sorted(actor.readable_spaces))
    candidates = candidates_of(actor, filters, spaces)
    if candidates is None or not spaces:
        return None
    listing = Listing(spaces, filters, candidates, order, order.after(cursor))
    rows: list[db.AnyRow] = []
    if candidates and not listing.starts_from_few:
        rows = list(db.rows(listing.ids_among_first(1, SOON)))
    rows = rows or list(db.rows(listing.ids(1)))
    if not rows:
        return None
    found = db.rows(select(Bookmark.id, Bookmark.title, Bookmark.url).where(Bookmark.id == rows[0].id))[0]
    return Neighbour(found.id, found.title or found.url[:200])
