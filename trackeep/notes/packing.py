"""Texts of old versions, compressed."""

import zstandard

from trackeep.notes.texts import MAX_BYTES

LEVEL = 3


def pack(text: str) -> bytes:
    return zstandard.compress(text.encode(), LEVEL)


def unpack(packed: bytes) -> str:
    """Raises ValueError for what was not packed by us."""
    try:
        return zstandard.ZstdDecompressor().decompress(packed, max_output_size=MAX_BYTES).decode()
    except zstandard.ZstdError as error:
        raise ValueError("The stored version is damaged.") from error
