"""What the parts of a filter mean in SQL."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, literal_column, select, true

from trackeep.bookmarks.filters import Filters, View
from trackeep.bookmarks.models import HIGHLIGHT_KIND, KIND, Bookmark, CollectionItem, Highlight
from trackeep.bookmarks.queries.collections import ids_below
from trackeep.core import db, search_index
from trackeep.core.actor import Actor
from trackeep.core.candidates import FEW, Candidates, either, few, gathered, mentioning
from trackeep.core.objects import Object
from trackeep.tags import service as tags

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
        found.append(tags.carrying(actor, filters.tag, filters.space_id))
    if filters.collection_id is not None:
        found.append(_collected(actor, filters.collection_id))
    if filters.text.strip():
        found.append(_mentioning(filters.text, spaces))
    present = [candidate for candidate in found if candidate is not None]
    return present if len(present) == len(found) else None


def _untagged(spaces: Sequence[int]) -> Candidates:
    ids = tags.untagged(spaces, KIND)
    return gathered(ids, lambda own: exists(ids.where(Object.id == own)))


def _collected(actor: Actor, collection_id: int) -> Candidates | None:
    below = ids_below(actor, collection_id)
    inside = CollectionItem.collection_id.in_(below)
    ids: db.AnySelect = select(CollectionItem.bookmark_id).where(inside)
    return gathered(ids, lambda own: exists().where(CollectionItem.bookmark_id == own, inside)) if below else None


def _mentioning(text: str, spaces: Sequence[int]) -> Candidates | None:
    """Bookmarks whose own words match, or those of one of their highlights."""
    match = search_index.matching(text, spaces, KIND)
    marked = _marked(search_index.matching(text, spaces, HIGHLIGHT_KIND))
    itself = mentioning(match)
    return either(itself, marked) if itself and marked else itself or marked


def _marked(match: search_index.Matcher) -> Candidates | None:
    """The bookmarks of the highlights that match."""
    ids = match.ids(FEW)
    if ids == []:
        return None
    here: db.AnySelect = select(Highlight.bookmark_id).where(Highlight.deleted_at.is_(None))
    if ids is not None:
        found = here.where(db.is_one_of(Highlight.id, ids))
        return few(lambda own: own.in_(found))
    return Candidates(
        False,
        lambda own: exists(here.where(Highlight.bookmark_id == own, match.each(Highlight.id))),
        lambda own: (own + 0).in_(here.where(match.among(Highlight.id))),
    )


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
