"""From the lines of a table to entries; each format only tells which columns mean what."""

from collections.abc import Callable, Iterator, Mapping
from typing import IO

from trackeep.bookmarks.formats.entries import Entry, Given, Maker
from trackeep.bookmarks.formats.limits import MAX_LEFT, MAX_SUBJECT
from trackeep.bookmarks.formats.rows import Problem, What
from trackeep.bookmarks.formats.tables import Header, records

_TRUE = frozenset({"1", "true", "yes", "on", "x"})


def entries(
    stream: IO[bytes], header: Header, maker: Maker, given: Callable[[Mapping[str, str]], Given]
) -> Iterator[Entry]:
    """One for each line of the table; a damaged line is told with its number, and what it says can be downloaded."""
    for record in records(stream, header):
        if record.values is None:
            text = record.text.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\0", "")
            yield Problem(
                record.number, What.BROKEN, " ".join(text[:400].split())[:MAX_SUBJECT], {"text": text[:MAX_LEFT]}
            )
        else:
            yield from maker.take(record.number, given(record.values))


def is_true(text: str) -> bool:
    return text.strip().lower() in _TRUE


def split(text: str, separator: str) -> list[str]:
    return [piece for piece in (part.strip() for part in text.split(separator)) if piece]
