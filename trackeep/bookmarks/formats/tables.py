"""Files with columns: separator and header found out, records cut one by one, so that a broken one harms no other."""

import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from trackeep.bookmarks.formats.limits import MAX_ENTRY
from trackeep.bookmarks.formats.sources import head_text, lines_of

SEPARATORS = (",", ";", "\t", "|")
_REST_OF_QUOTED = re.compile(r'(?:[^"]++|"")*+"')
_OPENING = {each: re.compile(rf'(?:^|{re.escape(each)})"') for each in SEPARATORS}
_MOST_COLUMNS = 200

# The default of 128 KB is less than the notes of one bookmark may have; the limit is one for the whole process.
csv.field_size_limit(MAX_ENTRY)


@dataclass(frozen=True, slots=True)
class Header:
    """The columns' names in small letters, in the order of the file."""

    separator: str
    columns: tuple[str, ...]

    def has(self, *names: str) -> bool:
        return all(name in self.columns for name in names)

    def has_any(self, *names: str) -> bool:
        return any(name in self.columns for name in names)


@dataclass(frozen=True, slots=True)
class Record:
    """A line of the table; ``values`` is None when it is damaged, and ``text`` then what it looks like."""

    number: int
    values: Mapping[str, str] | None
    text: str = ""


def header_of(stream: IO[bytes]) -> Header | None:
    """None when the file does not begin with names of columns."""
    for line in head_text(stream).replace("\r", "\n").split("\n"):
        if line.strip():
            return max((_header(line, each) for each in SEPARATORS), key=lambda header: len(header.columns))
    return None


def records(stream: IO[bytes], header: Header) -> Iterator[Record]:
    """All lines below the header, numbered from 1. Those that are empty are no records."""
    found = _records(lines_of(stream), header.separator)
    for text, _is_whole in found:
        if text.strip():
            break
    number = 0
    for text, is_whole in found:
        if text.strip(f"{header.separator} \t\r\n"):
            number += 1
            yield _record(number, text, header) if is_whole else Record(number, None, text)


def _header(line: str, separator: str) -> Header:
    cells = _cells(line, separator) or []
    return Header(separator, tuple(cell.strip().casefold() for cell in cells[:_MOST_COLUMNS]))


def _record(number: int, text: str, header: Header) -> Record:
    cells = _cells(text, header.separator)
    if cells is None:
        return Record(number, None, text)
    return Record(number, {name: cell for name, cell in zip(header.columns, cells, strict=False) if name})


def _cells(text: str, separator: str) -> list[str] | None:
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])
    except csv.Error:
        return None


def _records(lines: Iterable[str], separator: str) -> Iterator[tuple[str, bool]]:
    """The text of each record, and whether it is whole. A quote that is never closed would swallow all that follows:
    then its line alone counts as damaged, and reading goes on with the next one."""
    waiting: deque[str] = deque()
    source = iter(lines)
    while True:
        first = waiting.popleft() if waiting else next(source, None)
        if first is None:
            return
        yield (first, True) if '"' not in first else _whole(first, waiting, source, separator)


def _whole(first: str, waiting: deque[str], source: Iterator[str], separator: str) -> tuple[str, bool]:
    taken, size = [first], len(first)
    is_open = ends_open(first, separator, is_open=False)
    while is_open and size < MAX_ENTRY:
        line = waiting.popleft() if waiting else next(source, None)
        if line is None:
            break
        taken.append(line)
        size += len(line)
        is_open = ends_open(line, separator, is_open=True)
    if not is_open:
        return "".join(taken), True
    waiting.extendleft(reversed(taken[1:]))
    return first, False


def ends_open(line: str, separator: str, *, is_open: bool) -> bool:
    """Whether the line ends inside a quoted cell."""
    opening, place = _OPENING[separator], 0
    while True:
        if is_open:
            closing = _REST_OF_QUOTED.match(line, place)
            if closing is None:
                return True
            place, is_open = closing.end(), False
        found = opening.search(line, place)
        if found is None:
            return False
        place, is_open = found.end(), True
