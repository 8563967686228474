"""A file that somebody brought, while it waits: kept behind some random bytes, and read without them."""

import io
import secrets
from collections.abc import Iterator
from typing import IO

from trackeep.core import ext
from trackeep.core.blobs import CHUNK

SALT = 16


def salted(stream: IO[bytes]) -> Iterator[bytes]:
    """The file behind some random bytes, which make its key unlike all others: removing it never removes another."""
    yield secrets.token_bytes(SALT)
    while chunk := stream.read(CHUNK):
        yield chunk


def opened(key: str) -> IO[bytes]:
    """The file as it was brought; raises FileNotFoundError when it is gone."""
    return io.BufferedReader(_Behind(ext.blobs().path(key).open("rb", buffering=0), SALT), CHUNK)


class _Behind(io.RawIOBase):
    """What lies behind the first bytes of a file, as a file of its own."""

    def __init__(self, file: io.RawIOBase, start: int) -> None:
        super().__init__()
        self._file = file
        self._start = start
        file.seek(start)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, target: bytearray | memoryview) -> int | None:  # type: ignore[override]  # any writable buffer
        return self._file.readinto(target)

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_SET:
            if place < 0:
                raise ValueError("before the beginning of the file")
            place += self._start
        reached = self._file.seek(place, whence)
        if reached < self._start:
            raise ValueError("before the beginning of the file")
        return reached - self._start

    def tell(self) -> int:
        return self._file.tell() - self._start

    def close(self) -> None:
        self._file.close()
        super().close()
