"""Matter: its CSV export."""

from collections.abc import Iterator, Mapping
from typing import IO

from trackeep.bookmarks.formats import columns
from trackeep.bookmarks.formats.entries import Entry, Given, Maker
from trackeep.bookmarks.formats.tables import Header


def is_table(header: Header) -> bool:
    return header.has("url") and header.has_any("in queue", "highlight_count", "last interaction date")


def read_table(stream: IO[bytes], header: Header, maker: Maker) -> Iterator[Entry]:
    return columns.entries(stream, header, maker, _given)


def _given(values: Mapping[str, str]) -> Given:
    """What is neither in the queue nor read was only looked at: it is kept as a plain bookmark."""
    get = values.get
    is_read = columns.is_true(get("read", ""))
    in_queue = columns.is_true(get("in queue", ""))
    return Given(
        url=get("url", ""),
        title=get("title", ""),
        author=get("author", "") or get("publisher", ""),
        tags=columns.split(get("tags", ""), ";"),
        added=get("last interaction date"),
        unread=in_queue and not is_read,
        favourite=columns.is_true(get("favorited", "")),
        archived=is_read and not in_queue,
        progress=100 if is_read else None,
    )
