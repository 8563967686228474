"""From a binary stream to pieces of markup: kind and encoding found out, embedded icons dropped on the way."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from trackeep.bookmarks.formats.rows import Fault, UnreadableFile

CHUNK = 64 * 1024
_HEAD = 4_096

_SIGN = re.compile(rb"NETSCAPE-Bookmark-file|<DL>\s*(?:<p>\s*)?<DT>|<DT>\s*<(?:A\s|H3)", re.IGNORECASE)
_CHARSET = re.compile(rb"<META[^>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
# Only encodings in which `<`, `>` and quotes are never part of another character can be cut up before decoding.
_SAFE_CODECS = ("utf-8", "ascii", "iso8859", "cp125", "koi8", "shift_jis", "cp932", "euc", "gb", "big5", "mac-")


@dataclass(frozen=True, slots=True)
class Source:
    """Markup as bytes in an encoding that contains ASCII, free of icons."""

    encoding: str
    transcoded: bool
    chunks: Iterator[bytes]


def looks_like_netscape(head: bytes) -> bool:
    """Whether a file that begins with these bytes (a few KB are enough) is a bookmark file, whatever its name."""
    return bool(_SIGN.search(_readable(head[:_HEAD])))


def open_source(stream: IO[bytes]) -> Source:
    """Raises UnreadableFile when the stream is empty, binary or of another kind."""
    head = _read_fully(stream, CHUNK)
    if not head.strip(b" \t\r\n\xef\xbb\xbf"):
        raise UnreadableFile(Fault.EMPTY)
    if not looks_like_netscape(head):
        raise UnreadableFile(Fault.BINARY if b"\0" in head else Fault.OTHER)
    wide = _wide_encoding(head)
    chunks = _chunks(head, stream)
    if wide:
        return Source("utf-8", transcoded=True, chunks=without_icons(_transcode(chunks, wide)))
    return Source(_declared_encoding(head), transcoded=False, chunks=without_icons(chunks))


def _read_fully(stream: IO[bytes], size: int) -> bytes:
    """Streams of a network may give less than asked for before they end."""
    parts = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _chunks(head: bytes, stream: IO[bytes]) -> Iterator[bytes]:
    yield head
    while chunk := stream.read(CHUNK):
        yield chunk


def _wide_encoding(head: bytes) -> str:
    """The UTF-16 flavour, by its mark or by the zero that is half of each plain character; '' for all others."""
    if head.startswith(codecs.BOM_UTF16_LE) or head[1:4:2] == b"\0\0":
        return "utf-16-le"
    if head.startswith(codecs.BOM_UTF16_BE) or head[0:4:2] == b"\0\0":
        return "utf-16-be"
    return ""


def _readable(head: bytes) -> bytes:
    wide = _wide_encoding(head)
    return head.decode(wide, "replace").encode() if wide else head


def _transcode(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for chunk in chunks:
        yield decoder.decode(chunk).encode()
    yield decoder.decode(b"", final=True).encode()


def _declared_encoding(head: bytes) -> str:
    found = _CHARSET.search(head[:_HEAD])
    if head.startswith(codecs.BOM_UTF8) or found is None:
        return "utf-8"
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return "utf-8"
    if name in ("iso8859-1", "ascii"):
        # What browsers do as well: nobody writes the C1 controls that tell the two apart.
        return "cp1252"
    return name if name.startswith(_SAFE_CODECS) else "utf-8"


_ICON = re.compile(rb"\sICON\s{0,8}=\s{0,8}([\"'])data:", re.IGNORECASE)
_ENTRY = re.compile(rb"<DT>", re.IGNORECASE)
_OVERLAP = 32


def without_icons(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same markup with the data of ICON attributes left out, so that a row is small wherever it is buffered."""
    quote, carried = b"", b""
    for chunk in chunks:
        data, kept = carried + chunk, []
        position = 0
        while True:
            if quote:
                position = _icon_end(data, quote, position)
                if position < 0:
                    carried = data[-3:]
                    break
                quote = b""
            found = _ICON.search(data, position)
            if found is None:
                carried = data[max(position, len(data) - _OVERLAP) :]
                kept.append(data[position : len(data) - len(carried)])
                break
            kept.append(data[position : found.end()])
            quote, position = found[1], found.end()
        if any(kept):
            yield b"".join(kept)
    if carried and not quote:
        yield carried


def _icon_end(data: bytes, quote: bytes, position: int) -> int:
    """Where the data ends: at its quote, or where the next entry starts if the quote was forgotten; else -1."""
    end = data.find(quote, position)
    entry = _ENTRY.search(data, position, end if end >= 0 else len(data)) if data.find(b"<", position) >= 0 else None
    return entry.start() if entry else end
