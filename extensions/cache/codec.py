"""Answers as bytes: msgpack of a known shape, compressed when it is long. What does not fit is refused, never run."""

import hashlib
import struct
from typing import Generic, TypeVar

import msgspec
import zstandard

Value = TypeVar("Value")
LONGEST = 1024 * 1024
COMPRESSED_FROM = 1024
LEVEL = 3
# Version of this layout, whether compressed, the shape, when it was computed and until when it holds (seconds since
# 1970), how long computing it took.
_HEAD = struct.Struct(">BB8sddf")
_LAYOUT = 1
LONGEST_STORED = LONGEST + _HEAD.size


class Unusable(Exception):
    """Stored bytes that are not an answer of this shape; ``reason`` is a word for counters."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Kept(msgspec.Struct, Generic[Value], frozen=True):
    """An answer with its life: ``made_at`` and ``ends_at`` in seconds since 1970, ``seconds`` that it took. ``size`` is
    its bytes as stored, ``weight`` those before they were compressed: a few may stand for a thousand times as many."""

    value: Value
    made_at: float
    ends_at: float
    seconds: float
    size: int
    weight: int


class Codec(Generic[Value]):
    """Writes and reads answers of one shape. The shape's fingerprint is in every value: what was stored before an
    upgrade that changed it counts as a miss."""

    def __init__(self, kind: type[Value]) -> None:
        self._decoder = msgspec.msgpack.Decoder(kind)
        self._encoder = msgspec.msgpack.Encoder()
        shape = msgspec.json.encode(msgspec.json.schema(kind), order="deterministic")
        self._shape = hashlib.blake2b(shape, digest_size=8).digest()

    def encode(self, value: Value, *, made_at: float, ends_at: float, seconds: float) -> bytes:
        """Raises Unusable when the value has no such form or is longer than 1 MiB."""
        try:
            body = self._encoder.encode(value)
        except (TypeError, OverflowError, msgspec.MsgspecError) as error:
            raise Unusable("unencodable") from error
        if len(body) > LONGEST:
            raise Unusable("too_large")
        compressed = len(body) > COMPRESSED_FROM
        if compressed:
            # A compressor is not for several threads at once.
            body = zstandard.ZstdCompressor(level=LEVEL).compress(body)
        return _HEAD.pack(_LAYOUT, compressed, self._shape, made_at, ends_at, seconds) + body

    def decode(self, stored: bytes) -> Kept[Value]:
        """Raises Unusable for whatever ``encode`` did not make."""
        try:
            layout, compressed, shape, made_at, ends_at, seconds = _HEAD.unpack_from(stored)
            if layout != _LAYOUT or shape != self._shape or not made_at <= ends_at:
                raise Unusable("poisoned")
            body = _decompressed(stored[_HEAD.size :]) if compressed else stored[_HEAD.size :]
            return Kept(self._decoder.decode(body), made_at, ends_at, seconds, len(stored), len(body))
        except (struct.error, zstandard.ZstdError, msgspec.MsgspecError, RecursionError, UnicodeError) as error:
            raise Unusable("poisoned") from error


def weight_of(stored: bytes) -> int:
    """Bytes of what ``encode`` has made, before they were compressed."""
    _layout, compressed, *_ = _HEAD.unpack_from(stored)
    body = stored[_HEAD.size :]
    return int(zstandard.get_frame_parameters(body).content_size) if compressed else len(body)


def _decompressed(body: bytes) -> bytes:
    """At most as much as we would have stored: a few bytes may claim to be gigabytes."""
    claimed = zstandard.get_frame_parameters(body).content_size
    if not 0 < claimed <= LONGEST:
        raise Unusable("poisoned")
    return zstandard.ZstdDecompressor().decompress(body, max_output_size=LONGEST)
