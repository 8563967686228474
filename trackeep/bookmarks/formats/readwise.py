"""Readwise Reader: its CSV export."""

import re
from collections.abc import Iterator, Mapping
from typing import IO

from trackeep.bookmarks.formats import columns
from trackeep.bookmarks.formats.entries import Entry, Given, Maker, percent
from trackeep.bookmarks.formats.tables import Header

_LIST = re.compile(r"\s*\[.{0,20000}\]\s*", re.DOTALL)
_NAME = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_WAITING = frozenset({"new", "later", "shortlist", "feed"})


def is_table(header: Header) -> bool:
    return header.has("url") and header.has_any("reading progress", "document tags", "saved date")


def read_table(stream: IO[bytes], header: Header, maker: Maker) -> Iterator[Entry]:
    return columns.entries(stream, header, maker, _given)


def _given(values: Mapping[str, str]) -> Given:
    """What waits in the inbox, in 'later' or in the shortlist is unread until it has been read to its end."""
    get = values.get
    location = get("location", "").strip().lower()
    progress = _progress(get("reading progress", ""))
    return Given(
        url=get("url", ""),
        title=get("title", ""),
        tags=_tags(get("document tags", "")),
        added=get("saved date"),
        unread=location in _WAITING and progress != 100,
        favourite=location == "shortlist",
        archived=location == "archive",
        progress=progress,
    )


def _progress(text: str) -> int | None:
    """A share of one, or a percentage."""
    value = percent(text)
    if value is None or text.strip().endswith("%"):
        return value
    return percent(float(text) * 100) if float(text) <= 1 else value


def _tags(text: str) -> list[str]:
    """Written with commas, or as a list in brackets with quoted names."""
    if not _LIST.fullmatch(text):
        return columns.split(text, ",")
    quoted = [single or double for single, double in _NAME.findall(text)]
    return quoted or columns.split(text.strip().strip("[]"), ",")
