"""Raindrop.io: its CSV export."""

import re
from collections.abc import Iterator, Mapping
from typing import IO

from trackeep.bookmarks.formats import columns
from trackeep.bookmarks.formats.entries import Entry, Given, GivenQuote, Maker
from trackeep.bookmarks.formats.tables import Header

_INBOX = "unsorted"
_HIGHLIGHT = re.compile(r"\s*Highlight:\s*", re.I)
_NOTE = re.compile(r"\s*Note:\s*", re.I)
_COLOUR = re.compile(r"\s*Color:\s*", re.I)


def is_table(header: Header) -> bool:
    return (header.has("url") and header.has_any("excerpt", "cover")) or header.has("url", "folder", "created")


def read_table(stream: IO[bytes], header: Header, maker: Maker) -> Iterator[Entry]:
    return columns.entries(stream, header, maker, _given)


def _given(values: Mapping[str, str]) -> Given:
    get = values.get
    return Given(
        url=get("url", ""),
        title=get("title", ""),
        description=get("excerpt", ""),
        notes=get("note", ""),
        tags=columns.split(get("tags", ""), ","),
        folders=_folders(get("folder", "")),
        added=get("created"),
        favourite=columns.is_true(get("favorite", "")),
        highlights=list(_highlights(get("highlights", ""))),
    )


def _folders(text: str) -> list[list[str]]:
    """The inbox is no folder of the person's."""
    path = columns.split(text, "/")
    return [] if not path or [name.casefold() for name in path] == [_INBOX] else [path]


def _highlights(text: str) -> Iterator[GivenQuote]:
    """One a line; newer exports put 'Highlight:' before each, and its colour and note into the lines below."""
    if not _HIGHLIGHT.match(text):
        yield from (GivenQuote(text=line) for line in text.splitlines())
        return
    for block in _blocks(text):
        yield GivenQuote(text=block["text"], note=block["note"], colour=block["colour"])


def _blocks(text: str) -> Iterator[dict[str, str]]:
    block: dict[str, list[str]] = {}
    last = "text"
    for line in text.lstrip().splitlines():
        if found := _HIGHLIGHT.match(line):
            if block:
                yield _joined(block)
            block, last = {"text": [line[found.end() :]], "note": [], "colour": []}, "text"
        elif found := _COLOUR.match(line):
            block["colour"] = [line[found.end() :]]
        elif found := _NOTE.match(line):
            block["note"], last = [line[found.end() :]], "note"
        else:
            block[last].append(line)
    if block:
        yield _joined(block)


def _joined(block: Mapping[str, list[str]]) -> dict[str, str]:
    return {name: "\n".join(lines) for name, lines in block.items()}
