"""Which products' files are understood, and how one is told by its content alone."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import IO

import orjson

from trackeep.bookmarks.formats import (
    instapaper,
    karakeep,
    linkwarden,
    matter,
    netscape,
    omnivore,
    onetab,
    pocket,
    raindrop,
    readwise,
)
from trackeep.bookmarks.formats.entries import Entry, Maker
from trackeep.bookmarks.formats.own import cells, lines, markdown
from trackeep.bookmarks.formats.rows import Fault, UnreadableFile
from trackeep.bookmarks.formats.sources import HEAD, encoding_of, head_text, read_fully
from trackeep.bookmarks.formats.tables import Header, header_of


class Format(StrEnum):
    """The value is stored with each import."""

    NETSCAPE = "netscape"
    POCKET = "pocket"
    RAINDROP = "raindrop"
    INSTAPAPER = "instapaper"
    OMNIVORE = "omnivore"
    KARAKEEP = "karakeep"
    LINKWARDEN = "linkwarden"
    MATTER = "matter"
    READWISE = "readwise"
    ONETAB = "onetab"
    TRACKEEP = "trackeep"


Read = Callable[[IO[bytes], datetime], Iterator[Entry]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A format and how files of it are read."""

    format: Format
    read: Read


_Table = Callable[[IO[bytes], Header, Maker], Iterator[Entry]]
_Plain = Callable[[IO[bytes], Maker], Iterator[Entry]]

# The first that knows the columns reads the table.
_TABLES: tuple[tuple[Format, Callable[[Header], bool], _Table], ...] = (
    (Format.TRACKEEP, cells.is_table, cells.read_table),
    (Format.POCKET, pocket.is_table, pocket.read_table),
    (Format.READWISE, readwise.is_table, readwise.read_table),
    (Format.MATTER, matter.is_table, matter.read_table),
    (Format.INSTAPAPER, instapaper.is_table, instapaper.read_table),
    (Format.RAINDROP, raindrop.is_table, raindrop.read_table),
)
_KEY = re.compile(r'"((?:[^"\\]|\\.){1,200})"\s*:')
_TRACKEEP_DOCUMENT = re.compile(rf'"format"\s*:\s*"{re.escape(lines.FORMAT)}"')
_DOCUMENT_BEGINNING = 2_000


def kind_of(stream: IO[bytes]) -> Kind:
    """By the beginning of the file, which is not an archive; raises UnreadableFile. The name is never looked at."""
    stream.seek(0)
    raw = read_fully(stream, HEAD)
    head = head_text(stream).strip()
    if not head:
        raise UnreadableFile(Fault.EMPTY)
    found = _markup(raw, head) or _json(head) or _table(stream) or _list(head)
    if found is None:
        binary = encoding_of(raw) == "utf-8" and b"\0" in raw
        raise UnreadableFile(Fault.BINARY if binary else Fault.OTHER)
    return found


def _markup(raw: bytes, head: str) -> Kind | None:
    if netscape.looks_like_netscape(raw):
        return Kind(Format.NETSCAPE, _netscape)
    if head.startswith("<") and pocket.is_list(head):
        return _plain(Format.POCKET, pocket.read_list)
    if markdown.is_document(head):
        return _plain(Format.TRACKEEP, markdown.read, exact=True)
    return None


def _json(head: str) -> Kind | None:
    if head[0] == "{":
        return _lines(head) or _document(head)
    if head[0] == "[" and {"url"} < set(_KEY.findall(head)) & {"url", "savedAt", "labels", "slug"}:
        return _plain(Format.OMNIVORE, omnivore.read_list)
    return _plain(Format.OMNIVORE, omnivore.read_list) if re.fullmatch(r"\[\s*\]", head) else None


def _document(head: str) -> Kind | None:
    keys = _KEY.findall(head)
    if _TRACKEEP_DOCUMENT.search(head[:_DOCUMENT_BEGINNING]):
        return _plain(Format.TRACKEEP, lines.read_document, exact=True)
    if "collections" in keys and "bookmarks" not in keys[:1]:
        return _plain(Format.LINKWARDEN, linkwarden.read)
    if keys[:1] in (["bookmarks"], ["lists"]):
        return _plain(Format.KARAKEEP, karakeep.read)
    return None


def _lines(head: str) -> Kind | None:
    """Lines of ours: each is an object with an address and collections."""
    try:
        item = orjson.loads(head.split("\n", 1)[0])
    except orjson.JSONDecodeError:
        # A line of notes may be longer than what is looked at.
        return _plain(Format.TRACKEEP, lines.read_lines, exact=True) if head.startswith('{"url":"') else None
    is_ours = isinstance(item, dict) and "url" in item and bool({"collections", "added_at"} & set(item))
    return _plain(Format.TRACKEEP, lines.read_lines, exact=True) if is_ours else None


def _table(stream: IO[bytes]) -> Kind | None:
    header = header_of(stream)
    if header is None or len(header.columns) < 2:
        return None
    for form, is_table, read_table in _TABLES:
        if is_table(header):
            return _of_table(form, read_table, header)
    return None


def _list(head: str) -> Kind | None:
    return _plain(Format.ONETAB, onetab.read_list) if onetab.is_list(head) else None


def _of_table(form: Format, read_table: _Table, header: Header) -> Kind:
    def read(stream: IO[bytes], now: datetime) -> Iterator[Entry]:
        return read_table(stream, header, Maker(now, exact=form is Format.TRACKEEP))

    return Kind(form, read)


def _plain(form: Format, read_plain: _Plain, *, exact: bool = False) -> Kind:
    def read(stream: IO[bytes], now: datetime) -> Iterator[Entry]:
        return read_plain(stream, Maker(now, exact=exact))

    return Kind(form, read)


def _netscape(stream: IO[bytes], now: datetime) -> Iterator[Entry]:
    stream.seek(0)
    return netscape.read(stream, now=now)
