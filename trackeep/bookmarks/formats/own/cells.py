"""CSV of ours, which spreadsheets open without running anything, and which comes back as it was."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO

import orjson

from trackeep.bookmarks.formats import columns
from trackeep.bookmarks.formats.entries import Entry, Given, Maker
from trackeep.bookmarks.formats.own.escapes import join, split
from trackeep.bookmarks.formats.own.shapes import iso, quote_shape, quotes_of
from trackeep.bookmarks.formats.rows import Row
from trackeep.bookmarks.formats.tables import Header

COLUMNS = (
    "url",
    "title",
    "description",
    "notes",
    "tags",
    "collections",
    "unread",
    "favourite",
    "archived",
    "shared",
    "author",
    "published_at",
    "added_at",
    "updated_at",
    "highlights",
)
# A cell that begins like this is a formula to a spreadsheet; an apostrophe in front makes it text, and one more keeps
# apart what had an apostrophe already.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n|%]")
_DEFUSED = re.compile(r"'+[=+\-@\t\r\n|%]")


def is_table(header: Header) -> bool:
    return header.has("url", "added_at") or header.has("url", "collections")


def write(rows: Iterable[Row]) -> Iterator[bytes]:
    # With a byte order mark, spreadsheets know that this is UTF-8.
    yield codecs.BOM_UTF8 + _line(COLUMNS)
    for row in rows:
        yield _line([_defused(cell) for cell in _cells(row)])


def read_table(stream: IO[bytes], header: Header, maker: Maker) -> Iterator[Entry]:
    return columns.entries(stream, header, maker, _given)


def _line(cells: Sequence[str]) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target, lineterminator="\r\n").writerow(cells)
    return target.getvalue().encode()


def _defused(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _as_meant(cell: str) -> str:
    return cell[1:] if _DEFUSED.match(cell) else cell


def _cells(row: Row) -> list[str]:
    paths = [join(path, "/") for path in (row.folders, *row.more_folders) if path]
    highlights = orjson.dumps([quote_shape(quote) for quote in row.highlights]).decode() if row.highlights else ""
    return [
        row.url,
        row.title,
        row.description,
        row.notes,
        join(row.tags, ","),
        join(paths, ";"),
        _flag(row.unread),
        _flag(row.favourite),
        _flag(row.archived),
        _flag(row.private is False),
        row.author,
        iso(row.published),
        iso(row.added),
        iso(row.changed),
        highlights,
    ]


def _flag(value: bool) -> str:
    return "yes" if value else ""


def _given(cells: Mapping[str, str]) -> Given:
    values = {name: _as_meant(cell) for name, cell in cells.items()}
    get = values.get
    return Given(
        url=get("url", ""),
        title=get("title", ""),
        description=get("description", ""),
        notes=get("notes", ""),
        author=get("author", ""),
        tags=split(get("tags", ""), ","),
        folders=[split(path, "/") for path in split(get("collections", ""), ";")],
        unread=columns.is_true(get("unread", "")),
        favourite=columns.is_true(get("favourite", "")),
        archived=columns.is_true(get("archived", "")),
        private=not columns.is_true(get("shared", "")),
        published=get("published_at"),
        added=get("added_at"),
        changed=get("updated_at"),
        highlights=quotes_of(_json(get("highlights", ""))),
    )


def _json(text: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
