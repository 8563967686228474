"""Bookmarks as files that every browser and this product take in again."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from trackeep.bookmarks import queries
from trackeep.bookmarks.drafts import Quote
from trackeep.bookmarks.filters import Filters
from trackeep.bookmarks.formats import Row, netscape
from trackeep.bookmarks.formats.own import cells, lines, markdown
from trackeep.bookmarks.queries import BookmarkItem
from trackeep.bookmarks.queries.exports import Placed
from trackeep.core import clock
from trackeep.core.actor import Actor
from trackeep.core.i18n import gettext as _

FILE_TYPES = {
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "md": "text/markdown; charset=utf-8",
}
STEP, AT_ONCE = 500, 5_000
Places = tuple[tuple[str, ...], ...]
Thing = TypeVar("Thing")


def export(actor: Actor, filters: Filters, form: str) -> Iterator[bytes]:
    """The bookmarks that the filters let through, in one of the forms of ``FILE_TYPES``; raises NotFound for a space
    that the actor may not read before the first piece."""
    queries.conditions_of(actor, filters)
    title = str(_("Bookmarks"))
    if form == "html":
        return netscape_file(queries.exported(actor, filters), title)
    if form == "md":
        return markdown.write(_placed_rows(queries.exported(actor, filters)), title)
    write = {"csv": cells.write, "json": lines.write_document, "jsonl": lines.write_lines}[form]
    return write(_rows(actor, filters))


def file_name(form: str) -> str:
    return f"bookmarks-{clock.now():%Y-%m-%d}.{form}"


def netscape_file(placed: Iterable[Placed], title: str) -> Iterator[bytes]:
    """Piece by piece. What is not shared here is marked as private there."""
    return (piece.encode() for piece in netscape.write(_placed_rows(placed), title))


def json_lines(actor: Actor, filters: Filters) -> Iterator[bytes]:
    """One object a line, with all that is known of the bookmark."""
    return lines.write_lines(_rows(actor, filters))


def _placed_rows(placed: Iterable[Placed]) -> Iterator[Row]:
    """A bookmark stands once in each of its collections."""
    for step in _steps(placed):
        quotes_of = _quotes([item.id for _path, item in step])
        for path, item in step:
            yield _row(item, (path,), quotes_of(item.id))


def _rows(actor: Actor, filters: Filters) -> Iterator[Row]:
    """Each bookmark once, with the paths of all its collections."""
    paths: Mapping[int, tuple[str, ...]] = {
        node.id: node.path for node in queries.collection_tree(actor, counted=False)
    }
    for step in _steps(queries.exported_once(actor, filters)):
        quotes_of = _quotes([item.id for item in step])
        for item in step:
            places = tuple(paths[each] for each in item.collection_ids if each in paths)
            yield _row(item, places, quotes_of(item.id))


def _steps(things: Iterable[Thing]) -> Iterator[Sequence[Thing]]:
    rest = iter(things)
    while step := list(islice(rest, STEP)):
        yield step


def _quotes(ids: Sequence[int]) -> Callable[[int], tuple[Quote, ...]]:
    """Tells what is marked on each page: read at once, unless a few pages have more than fits into memory so."""
    counts = queries.highlight_counts(ids)
    if sum(counts.values()) <= AT_ONCE:
        found = queries.exported_quotes(list(counts)) if counts else {}
        return lambda each: tuple(found.get(each, ()))
    return lambda each: tuple(queries.exported_quotes([each]).get(each, ())) if each in counts else ()


def _row(item: BookmarkItem, places: Places, highlights: tuple[Quote, ...]) -> Row:
    return Row(
        number=0,
        url=item.url,
        title=item.title,
        description=item.description,
        notes=item.notes,
        author=item.author,
        tags=tuple(tag.name for tag in item.tags),
        folders=places[0] if places else (),
        more_folders=places[1:],
        added=item.added_at,
        changed=item.updated_at,
        published=item.published_at,
        unread=item.unread,
        favourite=item.favourite,
        archived=item.archived,
        private=not item.shared,
        highlights=highlights,
    )
