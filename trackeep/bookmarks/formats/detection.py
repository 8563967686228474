"""Which format a file has, found out by its content, and its entries whatever the format."""

from collections.abc import Iterator
from datetime import datetime
from typing import IO

from trackeep.bookmarks.formats.archives import kind_of_archive
from trackeep.bookmarks.formats.entries import Entry
from trackeep.bookmarks.formats.kinds import Format, Kind, kind_of
from trackeep.bookmarks.formats.limits import MAX_ROWS
from trackeep.bookmarks.formats.rows import Problem, What
from trackeep.bookmarks.formats.sources import read_fully
from trackeep.bookmarks.formats.zips import is_archive


def recognise(stream: IO[bytes]) -> Format:
    """Looks at the beginning, or at the members of an archive; raises UnreadableFile, with words for people."""
    return _kind(stream).format


def read(stream: IO[bytes], *, now: datetime, max_rows: int = MAX_ROWS) -> Iterator[Entry]:
    """The entries in their order, numbered from 1: a Row, or a Problem whose `skipped` is true, for each of them.

    Problems that are not `skipped` come right before the row that they are about. The stream must be able to go back
    to its beginning. Raises UnreadableFile at once when nothing in it is understood. Later dates than one day after
    `now` are not believed.
    """
    return _bounded(_kind(stream).read(stream, now), max_rows)


def _kind(stream: IO[bytes]) -> Kind:
    stream.seek(0)
    return kind_of_archive(stream) if is_archive(read_fully(stream, 4)) else kind_of(stream)


def _bounded(entries: Iterator[Entry], max_rows: int) -> Iterator[Entry]:
    is_empty = True
    for entry in entries:
        if entry.number > max_rows:
            yield Problem(entry.number, What.TOO_MANY)
            return
        is_empty = is_empty and entry.number == 0
        yield entry
    if is_empty:
        yield Problem(0, What.NO_ENTRIES)
