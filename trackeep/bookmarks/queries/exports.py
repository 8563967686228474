"""Bookmarks in the order of an export: collection by collection, a few at a time, whatever their number."""

from collections.abc import Iterator, Sequence

from sqlalchemy import exists, func, select

from trackeep.bookmarks.drafts import Quote
from trackeep.bookmarks.filters import Filters
from trackeep.bookmarks.models import Bookmark, Collection, CollectionItem, Highlight
from trackeep.bookmarks.queries.collections import collection_tree
from trackeep.bookmarks.queries.highlights import reading_order
from trackeep.bookmarks.queries.items import BookmarkItem, select_items, with_details
from trackeep.bookmarks.queries.lists import conditions_of
from trackeep.core import db
from trackeep.core.actor import Actor

STEP = 500
Placed = tuple[tuple[str, ...], BookmarkItem]


def exported(actor: Actor, filters: Filters) -> Iterator[Placed]:
    """Each bookmark that the filters let through, with the path of a collection it is in: once for each of them, and
    those in none first. The database's connection is given back between steps, since the reader may be slow."""
    conditions = conditions_of(actor, filters)
    if conditions is None:
        return
    query = select_items().where(*conditions)
    live = (Collection.id == CollectionItem.collection_id, Collection.deleted_at.is_(None))
    for item in _steps(query.where(~exists().where(CollectionItem.bookmark_id == Bookmark.id, *live))):
        yield (), item
    tree = collection_tree(actor, filters.space_id)
    for node in tree:
        if node.count:
            inside = exists().where(CollectionItem.bookmark_id == Bookmark.id, CollectionItem.collection_id == node.id)
            for item in _steps(query.where(inside)):
                yield node.path, item


def exported_once(actor: Actor, filters: Filters) -> Iterator[BookmarkItem]:
    """The same without regard to collections."""
    conditions = conditions_of(actor, filters)
    if conditions is not None:
        yield from _steps(select_items().where(*conditions))


def export_size(actor: Actor, filters: Filters) -> int:
    """How many bookmarks the filters let through."""
    conditions = conditions_of(actor, filters)
    if conditions is None:
        return 0
    return db.session().scalar(select(func.count()).select_from(Bookmark).where(*conditions)) or 0


def highlight_counts(ids: Sequence[int]) -> dict[int, int]:
    """How many highlights each of these bookmarks has, if any. Whoever asks has looked who may read them."""
    here = (db.is_one_of(Highlight.bookmark_id, ids), Highlight.deleted_at.is_(None))
    counted = select(Highlight.bookmark_id, func.count()).where(*here).group_by(Highlight.bookmark_id)
    found = {row[0]: row[1] for row in db.rows(counted)}
    db.release()
    return found


def exported_quotes(ids: Sequence[int]) -> dict[int, list[Quote]]:
    """What somebody has marked on these pages, each in the order of its text."""
    columns = (Highlight.bookmark_id, Highlight.quote, Highlight.note, Highlight.colour, Highlight.added_at)
    here = (db.is_one_of(Highlight.bookmark_id, ids), Highlight.deleted_at.is_(None))
    found: dict[int, list[Quote]] = {}
    for row in db.rows(select(*columns).where(*here).order_by(Highlight.bookmark_id, *reading_order())):
        quote = Quote(text=row.quote, note=row.note, colour=row.colour, added_at=row.added_at)
        found.setdefault(row.bookmark_id, []).append(quote)
    db.release()
    return found


def _steps(query: db.AnySelect) -> Iterator[BookmarkItem]:
    last = 0
    while True:
        step = query.where(Bookmark.id > last).order_by(Bookmark.id).limit(STEP)
        items = with_details(db.session().execute(step).all())
        db.release()
        yield from items
        if len(items) < STEP:
            return
        last = items[-1].id
