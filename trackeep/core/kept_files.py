"""A file that somebody brought, while it waits to be read: kept behind some random bytes, and read without them."""

import io
import secrets
from collections.abc import Iterator
from typing import IO

from trackeep.core import ext
from trackeep.core.blobs import CHUNK
from trackeep.core.errors import TooLarge
from trackeep.core.i18n import gettext as _

SALT = 16
MAX_NAME = 200


def kept(stream: IO[bytes], most: int | None = None) -> str:
    """The key by which the file is opened; raises TooLarge for one above the setting MAX_IMPORT_SIZE, or ``most``."""
    limit = ext.settings().max_import_size
    limit = limit if most is None else min(limit, most)
    stream.seek(0)
    try:
        return ext.blobs().put(_salted(stream), limit + SALT)
    except TooLarge as error:
        words = _("The file is larger than the %(limit)s MB that are taken here.", limit=limit // 2**20)
        raise TooLarge(words) from error


def _salted(stream: IO[bytes]) -> Iterator[bytes]:
    """The file behind some random bytes, which make its key unlike all others: removing it never removes another."""
    yield secrets.token_bytes(SALT)
    while chunk := stream.read(CHUNK):
        yield chunk


def opened(key: str) -> IO[bytes]:
    """The file as it was brought; raises FileNotFoundError when it is gone."""
    return io.BufferedReader(_Behind(ext.blobs().path(key).open("rb", buffering=0), SALT), CHUNK)


def shown_name(text: str) -> str:
    """The last part of the path that some browsers send, without what cannot be shown; perhaps nothing."""
    name = "".join(letter for letter in text.replace("\\", "/").rsplit("/", 1)[-1] if letter.isprintable())
    return name.strip()[:MAX_NAME]


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
