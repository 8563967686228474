"""Files with columns: encoding, separator and header found out; a damaged line harms no other."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from trackeep.core.i18n import lazy_gettext as _l
from trackeep.tasks.formats.drafts import MAX_FILE, MAX_ROWS, UnreadableFile

SEPARATORS = (",", ";", "\t", "|")
MAX_COLUMNS = 200
MAX_RECORD = 1_000_000
"""Characters of one record: what follows a quote that is never closed is no cell."""
MAX_DAMAGED = 100
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Row:
    """``cells`` is None for a damaged one."""

    number: int
    cells: Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Table:
    """``columns`` as the header writes them; the rows can be gone through again and again."""

    columns: tuple[str, ...]
    separator: str
    lines: Sequence[str]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name.strip().casefold() for name in self.columns)

    def rows(self) -> Iterator[Row]:
        """Those that say something, numbered from 1."""
        number = 0
        for cells in _records(self.lines, self.separator):
            if cells is not None and not any(cell.strip() for cell in cells):
                continue
            number += 1
            if number > MAX_ROWS:
                raise UnreadableFile(_l("The file has more than %(most)d rows. Cut it in parts.", most=MAX_ROWS))
            yield Row(number, cells)

    def mappings(self) -> Iterator[tuple[int, Mapping[str, str] | None]]:
        """The rows as cells by the columns' names in small letters."""
        for row in self.rows():
            cells = None if row.cells is None else dict(zip(self.names, row.cells, strict=False))
            yield row.number, cells


def table_of(stream: IO[bytes]) -> Table:
    """Raises UnreadableFile."""
    lines = list(io.StringIO(text_of(stream), newline=""))
    start = next((place for place, line in enumerate(lines) if line.strip()), None)
    if start is None:
        raise UnreadableFile(_l("The file is empty."))
    separator = max(SEPARATORS, key=lambda each: len(_header(lines[start], each)))
    columns = _header(lines[start], separator)
    return Table(tuple(columns[:MAX_COLUMNS]), separator, lines[start + 1 :])


def text_of(stream: IO[bytes]) -> str:
    """Raises UnreadableFile when it is too large. What is no UTF-8 is read as Windows writes it."""
    parts, size = [], 0
    while size <= MAX_FILE and (part := stream.read(_CHUNK)):
        parts.append(part)
        size += len(part)
    if size > MAX_FILE:
        most = MAX_FILE // 1024 // 1024
        raise UnreadableFile(_l("The file is larger than %(most)d MB. Cut it in parts.", most=most))
    return _decoded(b"".join(parts))


def written(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Lines of a file with commas, as spreadsheets read it."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in rows:
        writer.writerow(row)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _decoded(data: bytes) -> str:
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if data[1:8:2] == b"\0\0\0\0" and b"\0" not in data[0:8:2]:
        return data.decode("utf-16-le", "replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _header(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _records(lines: Sequence[str], separator: str) -> Iterator[list[str] | None]:
    """A record that is damaged, or whose quote is never closed, is None, and reading goes on with the line behind its
    first one."""
    place = damaged = 0
    while place < len(lines):
        reader = csv.reader(_ahead(lines, place), delimiter=separator, strict=True)
        try:
            cells = next(reader, [])
        except csv.Error:
            damaged += 1
            place += 1
            if damaged > MAX_DAMAGED:
                raise UnreadableFile(_l("Too many of the file's lines are damaged.")) from None
            yield None
        else:
            place += max(reader.line_num, 1)
            yield cells


def _ahead(lines: Sequence[str], place: int) -> Iterator[str]:
    size = 0
    for number in range(place, len(lines)):
        yield lines[number]
        size += len(lines[number])
        if size > MAX_RECORD:
            return
