"""The source of a page between its fetch and its extraction: packed for the blob store, unpacked as text."""

from dataclasses import dataclass

import zstandard

from trackeep.bookmarks.metadata.charset import decode

MAX_BYTES = 5 * 1024 * 1024
LEVEL = 6
PAGES = frozenset({"text/html", "application/xhtml+xml", ""})
PLAIN = frozenset({"text/plain", "text/markdown"})


@dataclass(frozen=True, slots=True)
class PageSource:
    """What was fetched: the key of its packed bytes, where they finally came from, and what the site calls them."""

    key: str
    url: str
    content_type: str


def can_be_read(content_type: str) -> bool:
    """Whether there may be an article in it. What the site does not name may be a page."""
    return content_type.partition(";")[0].strip().lower() in PAGES | PLAIN


def is_plain(content_type: str) -> bool:
    return content_type.partition(";")[0].strip().lower() in PLAIN


def pack(body: bytes) -> bytes:
    return zstandard.compress(body[:MAX_BYTES], LEVEL)


def unpack(packed: bytes, content_type: str) -> str:
    """The text; raises ValueError for what was not packed by us."""
    try:
        body = zstandard.ZstdDecompressor().decompress(packed, max_output_size=MAX_BYTES)
    except zstandard.ZstdError as error:
        raise ValueError("The stored source is damaged.") from error
    return decode(body[:MAX_BYTES], content_type)
