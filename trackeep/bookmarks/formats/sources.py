"""Files as text: the encoding found out, read in bounded pieces, and always from their beginning."""

import codecs
import io
from collections.abc import Iterator
from typing import IO

from trackeep.bookmarks.formats.limits import MAX_ENTRY

HEAD = 64 * 1024
CHUNK = 64 * 1024
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def read_fully(stream: IO[bytes], size: int) -> bytes:
    """Streams of a network may give less than asked for before they end."""
    parts = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def encoding_of(head: bytes) -> str:
    """By its mark, or by the zero that is half of each plain character in UTF-16; UTF-8 for all others."""
    for mark, name in _MARKS.items():
        if head.startswith(mark):
            return name
    if head[1:8:2] == b"\0\0\0\0" and b"\0" not in head[0:8:2]:
        return "utf-16-le"
    if head[0:8:2] == b"\0\0\0\0" and b"\0" not in head[1:8:2]:
        return "utf-16-be"
    return "utf-8"


def head_text(stream: IO[bytes], size: int = HEAD) -> str:
    """The beginning of the file as text, without a byte order mark."""
    stream.seek(0)
    head = read_fully(stream, size)
    return head.decode(encoding_of(head), "replace").removeprefix("\ufeff")


def lines_of(stream: IO[bytes]) -> Iterator[str]:
    """The lines with their ends; one that is longer than any entry comes in pieces. Bytes that are no UTF-8 come as
    lone surrogates, so that each value can be judged by itself."""
    stream.seek(0)
    encoding = encoding_of(read_fully(stream, 8))
    stream.seek(0)
    wrong = "surrogateescape" if encoding == "utf-8" else "replace"
    text = io.TextIOWrapper(stream, encoding=encoding, errors=wrong, newline="")
    try:
        first = text.readline(MAX_ENTRY)
        yield first.removeprefix("\ufeff")
        while line := text.readline(MAX_ENTRY):
            yield line
    finally:
        text.detach()


def chunks_of(stream: IO[bytes]) -> Iterator[bytes]:
    """The file in UTF-8, without a byte order mark; what is wrongly encoded stays as it is."""
    stream.seek(0)
    head = read_fully(stream, CHUNK)
    encoding = encoding_of(head)
    if encoding == "utf-8":
        yield head.removeprefix(codecs.BOM_UTF8)
        while chunk := stream.read(CHUNK):
            yield chunk
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    yield decoder.decode(head).removeprefix("\ufeff").encode()
    while chunk := stream.read(CHUNK):
        yield decoder.decode(chunk).encode()
    yield decoder.decode(b"", final=True).encode()
