"""JSON of ours: one object a line, or one document."""

from collections.abc import Iterable, Iterator
from typing import IO

import orjson

from trackeep.bookmarks.formats import fields
from trackeep.bookmarks.formats.entries import Entry, Maker
from trackeep.bookmarks.formats.own.shapes import given_of, shape_of
from trackeep.bookmarks.formats.rows import Row
from trackeep.bookmarks.formats.sources import lines_of

FORMAT, VERSION = "trackeep-bookmarks", 1


def write_lines(rows: Iterable[Row]) -> Iterator[bytes]:
    return (orjson.dumps(shape_of(row), option=orjson.OPT_APPEND_NEWLINE) for row in rows)


def write_document(rows: Iterable[Row]) -> Iterator[bytes]:
    yield b'{"format":"%s","version":%d,"bookmarks":[' % (FORMAT.encode(), VERSION)
    between = b"\n"
    for row in rows:
        yield between + orjson.dumps(shape_of(row))
        between = b",\n"
    yield b"\n]}\n"


def read_lines(stream: IO[bytes], maker: Maker) -> Iterator[Entry]:
    number = 0
    for line in lines_of(stream):
        if not line.strip():
            continue
        number += 1
        try:
            item = orjson.loads(line.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
        except orjson.JSONDecodeError:
            item = None
        if isinstance(item, dict):
            yield from maker.take(number, given_of(item))
        else:
            yield fields.broken(number, line.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def read_document(stream: IO[bytes], maker: Maker) -> Iterator[Entry]:
    return fields.entries(
        stream,
        maker,
        lambda path: len(path) == 2 and path[0] == "bookmarks",
        given_of,
        enters=lambda path: path == ("bookmarks",),
    )
