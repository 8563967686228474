"""What the parts of a filter mean in SQL."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, func, literal_column, or_, select, true

from trackeep.bookmarks.filters import Filters, View
from trackeep.bookmarks.models import HIGHLIGHT_KIND, KIND, Bookmark, CollectionItem, Highlight
from trackeep.bookmarks.queries.collections import ids_below
from trackeep.core import db, search_index
from trackeep.core.actor import Actor
from trackeep.core.objects import Object
from trackeep.tags import service as tags

FEW = 5_000
"""From so many bookmarks of a tag or a collection a list starts."""

Test = Callable[[db.IdColumn], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Candidates:
    """A part of a filter that another table decides. Where there are ``few``, a list starts from them and sorts them.
    Otherwise the list is walked in its own order, and ``each`` tests one row, best for not too many, or ``among`` looks
    each up in the candidates, gathered once."""

    few: bool
    each: Test
    among: Test


VIEWS: dict[View, Callable[[], ColumnElement[bool]]] = {
    View.ALL: lambda: ~Bookmark.archived,
    View.UNREAD: lambda: and_(Bookmark.unread, ~Bookmark.archived),
    View.FAVOURITE: lambda: and_(Bookmark.favourite),
    View.ARCHIVED: lambda: and_(Bookmark.archived),
    View.UNTAGGED: lambda: ~Bookmark.archived,
    View.FAILED: lambda: Bookmark.fetch_state == literal_column("'failed'"),
    View.BROKEN: lambda: and_(Bookmark.broken),
    View.EVERYTHING: lambda: true(),
}


def plain_conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    """What the bookmark's own columns decide."""
    yield Bookmark.deleted_at.is_(None)
    if filters.view is not View.EVERYTHING:
        yield VIEWS[filters.view]()
    if filters.site:
        yield Bookmark.site == filters.site
    if filters.after:
        yield Bookmark.added_at >= _midnight(filters.after, filters.zone)
    if filters.before:
        yield Bookmark.added_at < _midnight(filters.before + timedelta(days=1), filters.zone)


def candidates_of(actor: Actor, filters: Filters, spaces: Sequence[int]) -> list[Candidates] | None:
    """The other parts of the filter; None when one of them can match nothing at all."""
    found: list[Candidates | None] = []
    if filters.view is View.UNTAGGED:
        found.append(_untagged(spaces))
    if filters.tag:
        found.append(_tagged(actor, filters))
    if filters.collection_id is not None:
        found.append(_collected(actor, filters.collection_id))
    if filters.text.strip():
        found.append(_mentioning(filters.text, spaces))
    present = [candidate for candidate in found if candidate is not None]
    return present if len(present) == len(found) else None


def _untagged(spaces: Sequence[int]) -> Candidates:
    ids = tags.untagged(spaces, KIND)
    return _gathered(ids, lambda own: exists(ids.where(Object.id == own)))


def _tagged(actor: Actor, filters: Filters) -> Candidates | None:
    tag_ids = tags.ids_with_descendants(actor, filters.tag, filters.space_id)
    return _gathered(tags.carriers(tag_ids), partial(tags.carries, tag_ids=tag_ids)) if tag_ids else None


def _collected(actor: Actor, collection_id: int) -> Candidates | None:
    below = ids_below(actor, collection_id)
    inside = CollectionItem.collection_id.in_(below)
    ids: db.AnySelect = select(CollectionItem.bookmark_id).where(inside)
    return _gathered(ids, lambda own: exists().where(CollectionItem.bookmark_id == own, inside)) if below else None


def _gathered(ids: db.AnySelect, each: Test) -> Candidates:
    if _is_few(ids):
        return _few(lambda own: own.in_(ids))
    # Adding 0 keeps the planner from starting with the candidates.
    return Candidates(False, each, lambda own: (own + 0).in_(ids))


def _mentioning(text: str, spaces: Sequence[int]) -> Candidates | None:
    """Bookmarks whose own words match, or those of one of their highlights."""
    match = search_index.matching(text, spaces, KIND)
    marked = _marked(search_index.matching(text, spaces, HIGHLIGHT_KIND))
    ids = match.ids(FEW)
    if ids is not None and marked is None:
        return _few(partial(db.is_one_of, ids=ids)) if ids else None
    if ids is not None and marked is not None and marked.few:
        return _either(Candidates(True, partial(db.is_one_of, ids=ids), partial(db.is_one_of, ids=ids)), marked)
    itself = Candidates(False, match.each, match.among)
    return _either(itself, marked) if marked else itself


def _marked(match: search_index.Matcher) -> Candidates | None:
    """The bookmarks of the highlights that match."""
    ids = match.ids(FEW)
    if ids == []:
        return None
    here: db.AnySelect = select(Highlight.bookmark_id).where(Highlight.deleted_at.is_(None))
    if ids is not None:
        found = here.where(db.is_one_of(Highlight.id, ids))
        return _few(lambda own: own.in_(found))
    return Candidates(
        False,
        lambda own: exists(here.where(Highlight.bookmark_id == own, match.each(Highlight.id))),
        lambda own: (own + 0).in_(here.where(match.among(Highlight.id))),
    )


def _either(one: Candidates, other: Candidates) -> Candidates:
    return Candidates(
        one.few and other.few,
        lambda own: or_(one.each(own), other.each(own)),
        lambda own: or_(one.among(own), other.among(own)),
    )


def _few(test: Test) -> Candidates:
    return Candidates(True, test, test)


def _is_few(ids: db.AnySelect) -> bool:
    counted = db.rows(select(func.count()).select_from(ids.limit(FEW + 1).subquery()))
    return int(counted[0][0]) <= FEW


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
