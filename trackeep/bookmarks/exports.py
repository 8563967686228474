"""Bookmarks as a file that every browser and this product take in again, and as lines of JSON."""

from collections.abc import Iterable, Iterator, Mapping

import orjson

from trackeep.bookmarks import netscape, queries
from trackeep.bookmarks.filters import Filters
from trackeep.bookmarks.netscape import Row
from trackeep.bookmarks.queries import BookmarkItem
from trackeep.bookmarks.queries.exports import Placed
from trackeep.core import clock
from trackeep.core.actor import Actor
from trackeep.core.i18n import gettext as _

FILE_TYPES = {"html": "text/html; charset=utf-8", "jsonl": "application/jsonl"}


def export(actor: Actor, filters: Filters, form: str) -> Iterator[bytes]:
    """The bookmarks that the filters let through, as ``html`` or ``jsonl``; raises NotFound for a space that the actor
    may not read before the first piece."""
    queries.conditions_of(actor, filters)
    if form == "html":
        return netscape_file(queries.exported(actor, filters), str(_("Bookmarks")))
    return json_lines(actor, filters)


def file_name(form: str) -> str:
    return f"bookmarks-{clock.now():%Y-%m-%d}.{form}"


def netscape_file(placed: Iterable[Placed], title: str) -> Iterator[bytes]:
    """Piece by piece. What is not shared here is marked as private there."""
    return (piece.encode() for piece in netscape.write((_row(*each) for each in placed), title))


def json_lines(actor: Actor, filters: Filters) -> Iterator[bytes]:
    """One object a line, with all that is known of the bookmark; its collections are told by their paths, since an id
    means nothing elsewhere."""
    paths = {node.id: node.path for node in queries.collection_tree(actor, counted=False)}
    shapes = (_shape(item, paths) for item in queries.exported_once(actor, filters))
    return (orjson.dumps(shape, option=orjson.OPT_APPEND_NEWLINE) for shape in shapes)


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


def _shape(item: BookmarkItem, paths: Mapping[int, tuple[str, ...]]) -> dict[str, object]:
    return {
        "url": item.url,
        "title": item.title,
        "description": item.description,
        "notes": item.notes,
        "author": item.author,
        "published_at": item.published_at,
        "tags": [tag.name for tag in item.tags],
        "collections": [paths[each] for each in item.collection_ids if each in paths],
        "unread": item.unread,
        "favourite": item.favourite,
        "archived": item.archived,
        "shared": item.shared,
        "added_at": item.added_at,
        "updated_at": item.updated_at,
    }
