"""Cuts the markup of a bookmark file into the few tags that matter and the text between them."""

import re
from collections.abc import Generator, Iterator

TEXT = b""
BROKEN = b"!"
MAX_TAG_BYTES = 256 * 1024

# All other tags are left in the text: titles such as 'The <b> element' are not escaped by every exporter.
_START = re.compile(rb"<(/?(?:A|DL|DT|DD|H1|H3|HR|P|BR))(?=[\s>/])", re.IGNORECASE)
_LONGEST_START = 6
# A quote counts only after `=`, where it must be closed; `++` and `*+` never step back, so time stays linear.
_REST = re.compile(rb"((?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])))*+)>")
_SWALLOWED = re.compile(rb"<DT>\s*<(?:A|H3)\s|</DL>", re.IGNORECASE)
_RESUME = re.compile(rb"<DT\b|</DL\b", re.IGNORECASE)

Token = tuple[bytes, bytes]


def tokens(chunks: Iterator[bytes]) -> Iterator[Token]:
    """Pairs of a tag's name in upper case (`/` in front when it closes) and its attributes; TEXT with the text.

    A tag without an end comes as BROKEN with its beginning, and reading goes on at the next entry.
    """
    buffer = b""
    for chunk in chunks:
        buffer += chunk
        position = yield from _cut(buffer, final=False)
        buffer = buffer[position:]
    yield from _cut(buffer, final=True)


def _cut(buffer: bytes, *, final: bool) -> Generator[Token, None, int]:
    """Yields what is complete in the buffer and returns where the incomplete rest begins."""
    position = 0
    while start := _START.search(buffer, position):
        if start.start() > position:
            yield TEXT, buffer[position : start.start()]
        rest = _REST.match(buffer, start.end())
        if rest is None and not final and len(buffer) - start.start() < MAX_TAG_BYTES:
            return start.start()
        if rest is None or _swallows_entries(rest[1]):
            position = _next_entry(buffer, start.end())
            yield BROKEN, buffer[start.start() : min(position, start.start() + 400)]
        else:
            position = rest.end()
            yield start[1].upper(), rest[1]
    end = len(buffer) if final else _text_end(buffer, position)
    if end > position:
        yield TEXT, buffer[position:end]
    return end


def _swallows_entries(attributes: bytes) -> bool:
    """A quote that is never closed ends at the next entry's first quote, with that entry inside."""
    return b"<" in attributes and _SWALLOWED.search(attributes) is not None


def _next_entry(buffer: bytes, position: int) -> int:
    found = _RESUME.search(buffer, position)
    return found.start() if found else len(buffer)


def _text_end(buffer: bytes, position: int) -> int:
    """Up to where the text is certain: a `<` among the last bytes may become a tag."""
    place = buffer.rfind(b"<", max(position, len(buffer) - _LONGEST_START))
    return place if place >= 0 else len(buffer)
