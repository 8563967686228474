"""Instapaper: its CSV export, in which three folders are states."""

from collections.abc import Iterator, Mapping
from typing import IO

import orjson

from trackeep.bookmarks.formats import columns
from trackeep.bookmarks.formats.entries import Entry, Given, GivenQuote, Maker
from trackeep.bookmarks.formats.tables import Header

_STATES = frozenset({"unread", "archive", "starred"})


def is_table(header: Header) -> bool:
    return header.has("url", "timestamp") and header.has_any("folder", "selection")


def read_table(stream: IO[bytes], header: Header, maker: Maker) -> Iterator[Entry]:
    return columns.entries(stream, header, maker, _given)


def _given(values: Mapping[str, str]) -> Given:
    folder = values.get("folder", "").strip()
    state = folder.lower() if folder.lower() in _STATES else ""
    selection = values.get("selection", "")
    return Given(
        url=values.get("url", ""),
        title=values.get("title", ""),
        tags=_tags(values.get("tags", "")),
        folders=[[folder]] if folder and not state else [],
        added=values.get("timestamp"),
        unread=state == "unread",
        favourite=state == "starred",
        archived=state == "archive",
        highlights=[GivenQuote(text=selection)] if selection.strip() else [],
    )


def _tags(text: str) -> list[str]:
    """A list in JSON; by hand, people also write commas."""
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        return columns.split(text, ",")
    return [str(name) for name in found] if isinstance(found, list) else columns.split(text, ",")
