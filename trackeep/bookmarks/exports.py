"""Bookmarks as a file that every browser and this product take in again, and as lines of JSON."""

from collections.abc import Iterable, Iterator

import orjson

from trackeep.bookmarks import netscape
from trackeep.bookmarks.netscape import Row
from trackeep.bookmarks.queries import BookmarkItem
from trackeep.bookmarks.queries.exports import Placed


def netscape_file(placed: Iterable[Placed], title: str) -> Iterator[bytes]:
    """Piece by piece. What is not shared here is marked as private there."""
    return (piece.encode() for piece in netscape.write((_row(*each) for each in placed), title))


def json_lines(items: Iterable[BookmarkItem]) -> Iterator[bytes]:
    """One object a line, with all that is known of the bookmark."""
    return (orjson.dumps(_shape(item), option=orjson.OPT_APPEND_NEWLINE) for item in items)


def _row(folders: tuple[str, ...], item: BookmarkItem) -> Row:
    return Row(
        number=0,
        url=item.url,
        title=item.title,
        description=item.description,
        notes=item.notes,
        tags=tuple(tag.name for tag in item.tags),
        folders=folders,
        added=item.added_at,
        changed=item.updated_at,
        unread=item.unread,
        favourite=item.favourite,
        archived=item.archived,
        private=not item.shared,
    )


def _shape(item: BookmarkItem) -> dict[str, object]:
    return {
        "url": item.url,
        "title": item.title,
        "description": item.description,
        "notes": item.notes,
        "author": item.author,
        "published_at": item.published_at,
        "tags": [tag.name for tag in item.tags],
        "collection_ids": list(item.collection_ids),
        "unread": item.unread,
        "favourite": item.favourite,
        "archived": item.archived,
        "shared": item.shared,
        "added_at": item.added_at,
        "updated_at": item.updated_at,
    }
