"""Bookmarks as JSON objects, built by hand: for a long list a schema's dump costs more than the queries. Tests hold the
result against ``BookmarkOut``."""

from collections.abc import Sequence
from typing import Any

from flask import url_for

from trackeep.bookmarks.queries import BookmarkItem

SAME = (
    "id",
    "space_id",
    "url",
    "site",
    "title",
    "description",
    "notes",
    "author",
    "published_at",
    "unread",
    "favourite",
    "archived",
    "shared",
    "added_at",
    "updated_at",
    "fetch_state",
    "fetch_error",
    "word_count",
    "reading_minutes",
    "broken",
    "version",
    "tags",
    "collection_ids",
)


def bookmark_shapes(items: Sequence[BookmarkItem]) -> list[dict[str, Any]]:
    base = url_for("bookmarks.index")
    return [_shape(item, base) for item in items]


def _shape(item: BookmarkItem, base: str) -> dict[str, Any]:
    shape = {name: getattr(item, name) for name in SAME}
    shape["favicon"] = f"{base}/{item.id}/favicon" if item.favicon_key else None
    shape["preview"] = f"{base}/{item.id}/preview" if item.preview_key else None
    return shape
