"""Reading a body, compressed or not, without ever holding more of it than asked for."""

import zlib
from collections.abc import Iterable

from trackeep.core.fetch.shapes import FetchFailed

ACCEPTED = "gzip, deflate"
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_STEP = 65_536


def read_body(chunks: Iterable[bytes], encoding: str, max_bytes: int) -> tuple[bytes, bool]:
    """The first `max_bytes` of the decompressed body, and whether something was cut off.

    What comes over the wire is bounded by the same figure, so that neither a bomb nor a stream of
    nothing but padding can go on for longer than the body may be.
    """
    unpack = _unpacker(encoding)
    body = bytearray()
    received = 0
    for chunk in chunks:
        received += len(chunk)
        unpack.feed(chunk, body, max_bytes + 1)
        if len(body) > max_bytes or received > max_bytes:
            return bytes(body[:max_bytes]), True
    return bytes(body), False


class _Plain:
    def feed(self, chunk: bytes, body: bytearray, limit: int) -> None:
        body += chunk[: limit - len(body)]


class _Zlib:
    """gzip (also of several members) and both habits of 'deflate'."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(_GZIP_OR_ZLIB)
        self._started = False

    def feed(self, chunk: bytes, body: bytearray, limit: int) -> None:
        rest = chunk
        while rest and len(body) < limit:
            body += self._inflate(rest, min(_STEP, limit - len(body)))
            rest = self._stream.unconsumed_tail or self._next_member()

    def _inflate(self, data: bytes, most: int) -> bytes:
        try:
            out = self._stream.decompress(data, most)
        except zlib.error as error:
            if self._started:
                raise FetchFailed("bad_encoding", "The compressed answer is damaged.", retryable=True) from error
            self._stream = zlib.decompressobj(-zlib.MAX_WBITS)
            self._started = True
            return self._inflate(data, most)
        self._started = True
        return out

    def _next_member(self) -> bytes:
        rest = self._stream.unused_data
        if not rest.startswith(b"\x1f\x8b"):
            return b""
        self._stream = zlib.decompressobj(_GZIP_OR_ZLIB)
        return rest


def _unpacker(encoding: str) -> _Plain | _Zlib:
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return _Plain()
    if name in ("gzip", "x-gzip", "deflate"):
        return _Zlib()
    raise FetchFailed("bad_encoding", "The site answered in a compression that was not asked for.", retryable=False)
