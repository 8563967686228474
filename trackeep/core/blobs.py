"""Files that belong to rows, kept by the hash of their content on the local disk."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path

from trackeep.core import clock
from trackeep.core.errors import TooLarge

CHUNK = 64 * 1024
# A file is written before the row that refers to it: only what is older than this can be without use.
YOUNG = timedelta(days=1)
SWEEP = 500


class BlobStore:
    """Content-addressed files under one folder. A key is the SHA-256 of the content in hexadecimal."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, chunks: Iterable[bytes], limit: int) -> str:
        """Store the content and return its key; raises TooLarge above ``limit`` bytes, then nothing is kept."""
        self._folder.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as file:
            try:
                for chunk in chunks:
                    size += len(chunk)
                    if size > limit:
                        raise TooLarge()
                    digest.update(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        return self._keep(Path(file.name), digest.hexdigest())

    def put_bytes(self, content: bytes) -> str:
        return self.put((content,), len(content))

    def path(self, key: str) -> Path:
        """Where the content of this key lies (or would lie); raises ValueError for what is not a key."""
        if len(key) != 64 or not all(letter in "0123456789abcdef" for letter in key):
            raise ValueError("not a blob key")
        return self._folder / key[:2] / key

    def delete(self, key: str) -> None:
        self.path(key).unlink(missing_ok=True)

    def sweep(self, used: Callable[[Collection[str]], set[str]]) -> int:
        """Delete what no row refers to any more, and what an interrupted write left; answers the number of files.
        ``used`` says which of some keys are in use. Storing the same content again makes a file young again."""
        count = 0
        old = self._old_files()
        while some := list(islice(old, SWEEP)):
            kept = used([path.name for path in some])
            for path in some:
                if path.name not in kept:
                    path.unlink(missing_ok=True)
                    count += 1
        return count

    def _old_files(self) -> Iterator[Path]:
        oldest = (clock.now() - YOUNG).timestamp()
        for path in self._folder.rglob("*"):
            if path.is_file() and path.stat().st_mtime < oldest:
                yield path

    def _keep(self, temporary: Path, key: str) -> str:
        target = self.path(key)
        target.parent.mkdir(exist_ok=True)
        temporary.replace(target)
        return key
