"""One bookmark by chance, found without walking past or sorting a large library."""

from collections.abc import Sequence
from functools import lru_cache
from secrets import SystemRandom

from sqlalchemy import bindparam, func, select

from trackeep.bookmarks.filters import Filters, Sort
from trackeep.bookmarks.models import KIND, Bookmark
from trackeep.bookmarks.queries.conditions import candidates_of, plain_conditions
from trackeep.bookmarks.queries.orders import ORDERS
from trackeep.bookmarks.queries.statements import Listing
from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.objects import Object

DRAWS, ROUNDS = 100, 2
"""So many ids are drawn at once, so many times: what matches one id in 50 is missed by all once in 57 times."""
NEWEST = 10_000
"""What is too rare for the draw is chosen among so many of its newest."""
_chance = SystemRandom()


def pick_bookmark(actor: Actor, filters: Filters) -> int | None:
    """The id of a bookmark that the filters let through, each as likely as any other; None when there is none.

    Ids are drawn between the lowest and the highest of the spaces until one belongs to a matching bookmark (rejection
    sampling), which costs the same in a library of any size. What is rare is cheap to list, and one of the list is
    taken."""
    filters = filters.within(actor.time_zone)
    if filters.space_id is not None:
        actor.require_read(filters.space_id)
    spaces = sorted(actor.readable_spaces) if filters.space_id is None else [filters.space_id]
    candidates = candidates_of(actor, filters, spaces) if spaces else None
    if candidates is None:
        return None
    listing = Listing(spaces, filters, candidates, ORDERS[Sort.NEWEST])
    drawn = None if listing.starts_from_few else _drawn(listing)
    return drawn if drawn is not None else _one_of([row.id for row in db.rows(listing.ids(NEWEST))])


def _drawn(listing: Listing) -> int | None:
    bounds = [row for space_id in listing.spaces for row in db.rows(_bounds(), {"space": space_id, "kind": KIND})]
    known = [number for row in bounds for number in row if number is not None]
    if not known:
        return None
    ids = range(min(known), max(known) + 1)
    tests = [*plain_conditions(listing.filters), *(one.each(Bookmark.id) for one in listing.candidates)]
    # Adding 0 takes the space's index away from the planner, which would read all of a large library by it.
    here = (db.is_one_of(Bookmark.id, "ids"), db.is_one_of(Bookmark.space_id + 0, "spaces"))
    query: db.AnySelect = select(Bookmark.id).where(*here, *tests)
    for _round in range(ROUNDS):
        given = {"ids": _chance.sample(ids, min(DRAWS, len(ids))), "spaces": list(listing.spaces)}
        found = _one_of([row.id for row in db.rows(query, given)])
        if found is not None or len(ids) <= DRAWS:
            return found
    return None


@lru_cache(maxsize=1)
def _bounds() -> db.AnySelect:
    """The lowest and the highest id of a space's things of a kind, each from the end of an index."""
    mine = (Object.space_id == bindparam("space"), Object.kind == bindparam("kind"))
    lowest, highest = (select(function(Object.id)).where(*mine).scalar_subquery() for function in (func.min, func.max))
    return select(lowest.label("lowest"), highest.label("highest"))


def _one_of(ids: Sequence[int]) -> int | None:
    return _chance.choice(ids) if ids else None
