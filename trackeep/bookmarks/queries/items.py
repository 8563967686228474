"""One bookmark as lists, the detail panel and the API show it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import select

from trackeep.bookmarks.models import Bookmark, Collection, CollectionItem
from trackeep.bookmarks.urls import url_key
from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.objects import Object
from trackeep.tags import service as tags

TagRef = tags.TagRef


class BookmarkItem(NamedTuple):
    """A bookmark with its tags; times are UTC, blob keys are served by the image routes. A tuple, which for a long list
    is made in a tenth of the time of a frozen dataclass."""

    id: int
    space_id: int
    url: str
    site: str
    title: str
    description: str
    notes: str
    author: str
    published_at: datetime | None
    unread: bool
    favourite: bool
    archived: bool
    shared: bool
    added_at: datetime
    fetch_state: str
    fetch_error: str | None
    favicon_key: str | None
    preview_key: str | None
    word_count: int | None
    reading_minutes: int | None
    broken: bool
    version: int
    updated_at: datetime
    created_by: int | None
    tags: Sequence[TagRef] = ()
    collection_ids: Sequence[int] = ()


COLUMNS = (
    Bookmark.id,
    Bookmark.space_id,
    Bookmark.url,
    Bookmark.site,
    Bookmark.title,
    Bookmark.description,
    Bookmark.notes,
    Bookmark.author,
    Bookmark.published_at,
    Bookmark.unread,
    Bookmark.favourite,
    Bookmark.archived,
    Bookmark.shared,
    Bookmark.added_at,
    Bookmark.fetch_state,
    Bookmark.fetch_error,
    Bookmark.favicon_key,
    Bookmark.preview_key,
    Bookmark.word_count,
    Bookmark.reading_minutes,
    Bookmark.broken,
    Object.content_version.label("version"),
    Object.updated_at,
    Object.created_by,
)


_ITEMS: db.AnySelect = select(*COLUMNS).join(Object, Object.id == Bookmark.id)


def select_items() -> db.AnySelect:
    return _ITEMS


def get_bookmark(actor: Actor, bookmark_id: int) -> BookmarkItem:
    """Raises NotFound also for what is in the trash or not to be seen by the actor."""
    found = get_bookmarks(actor, [bookmark_id])
    if bookmark_id not in found:
        raise NotFound()
    return found[bookmark_id]


def get_bookmarks(actor: Actor, ids: Iterable[int]) -> Mapping[int, BookmarkItem]:
    """Those of the ids that the actor may see: in the actor's spaces, or shared with everybody signed in."""
    rows = db.rows(_visible(db.dialect()), {"ids": list(ids), "spaces": list(actor.readable_spaces)})
    return {item.id: item for item in with_details(rows)}


@lru_cache
def _visible(_dialect: str) -> db.AnySelect:
    visible = db.is_one_of(Bookmark.space_id, "spaces") | Bookmark.shared
    return select_items().where(db.is_one_of(Bookmark.id, "ids"), Bookmark.deleted_at.is_(None), visible)


def find_by_url(actor: Actor, space_id: int, url: str) -> BookmarkItem | None:
    """The live bookmark of this page in the space, by its normalised address."""
    actor.require_read(space_id)
    row = (
        db.session()
        .execute(
            select_items().where(
                Bookmark.space_id == space_id, Bookmark.url_key == url_key(url), Bookmark.deleted_at.is_(None)
            )
        )
        .first()
    )
    return None if row is None else with_details([row])[0]


def with_details(rows: Sequence[db.AnyRow]) -> list[BookmarkItem]:
    """The rows with their tags and collections, by one query each."""
    ids = [row.id for row in rows]
    tagged, collected = tags.tags_of(ids), _collections_of(ids)
    return [_item(row, tagged.get(row.id, []), collected.get(row.id, [])) for row in rows]


def _item(row: db.AnyRow, tagged: Sequence[TagRef], collections: Sequence[int]) -> BookmarkItem:
    # The columns stand in the order of the fields.
    return BookmarkItem._make((*row[: len(COLUMNS)], tagged, collections))


def _collections_of(ids: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    if ids:
        for bookmark_id, collection_id in db.rows(_pairs_of(db.dialect()), {"ids": ids}):
            found.setdefault(bookmark_id, []).append(collection_id)
    return found


@lru_cache
def _pairs_of(_dialect: str) -> db.AnySelect:
    pair = (CollectionItem.bookmark_id, CollectionItem.collection_id)
    query: db.AnySelect = select(*pair).join(Collection, Collection.id == CollectionItem.collection_id)
    live = (db.is_one_of(CollectionItem.bookmark_id, "ids"), Collection.deleted_at.is_(None))
    return query.where(*live).order_by(*pair)
