"""The archive: a tar file with the database, the blobs, the embedded secret key, and last the manifest.

The database is copied first and the blobs after it. Blobs never change and are written before the row that names them,
so every blob that the copied database knows is in the archive. A blob's name is the hash of its content; the manifest
has the hash of the database and, being last, shows that the archive is complete.
"""

import hashlib
import io
import os
import re
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import orjson

from config.settings import Settings
from trackeep.core import clock
from trackeep.core.backup import dumps
from trackeep.core.backup.errors import BackupError
from trackeep.core.db import migrate

FORMAT = 1
DATABASE, SECRET_KEY, MANIFEST = "database", "secret_key", "manifest.json"
BLOB = re.compile(r"blobs/(?P<folder>[0-9a-f]{2})/(?P<key>(?P=folder)[0-9a-f]{62})")
_CHUNK = 1024 * 1024
_MAX_SMALL = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says of itself. ``blobs`` is None for a copy of the database alone."""

    format: int
    created_at: str
    dialect: str
    revision: str | None
    database_sha256: str
    blobs: int | None


def make_backup(settings: Settings, target: Path, *, with_blobs: bool = True) -> Manifest:
    """Write the archive, read it back, and only then give it its name. Raises BackupError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        raise BackupError(f"{target} exists already. Please name another file.")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        part = Path(folder, "archive.tar")
        _write(settings, part, Path(folder), with_blobs)
        manifest = read_backup(part)
        part.rename(target)
    return manifest


def read_backup(path: Path, into: Path | None = None) -> Manifest:
    """Read the whole archive and check every hash; with ``into``, leave the database and the secret key there.
    Raises BackupError for anything but a complete archive of ours."""
    try:
        with tarfile.open(path, "r:") as archive:
            return _checked(archive, into)
    except FileNotFoundError as error:
        raise BackupError(f"There is no file {path}.") from error
    except (tarfile.TarError, EOFError, orjson.JSONDecodeError, TypeError) as error:
        raise BackupError(f"{path} is not a backup of Trackeep, or it is damaged.") from error


def blob_members(archive: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    """The blobs of an archive: key and content."""
    for member in archive:
        match = BLOB.fullmatch(member.name)
        content = archive.extractfile(member) if match and member.isreg() else None
        if match and content:
            yield match["key"], content


def _write(settings: Settings, part: Path, folder: Path, with_blobs: bool) -> None:
    dump = folder / DATABASE
    dumps.dump(settings, dump)
    blobs = 0
    # The archive holds what the database holds, such as addresses and hashed passwords: for its owner's eyes only.
    with open(part, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        with tarfile.open(fileobj=file, mode="w:") as archive:
            archive.add(dump, DATABASE)
            _add_secret_key(archive, settings)
            for path in _blobs(settings) if with_blobs else ():
                blobs += _add_blob(archive, path, settings)
            manifest = Manifest(
                format=FORMAT,
                created_at=clock.now().isoformat(),
                dialect=dumps.dialect(settings),
                revision=migrate.current(),
                database_sha256=_file_hash(dump),
                blobs=blobs if with_blobs else None,
            )
            _add_bytes(archive, MANIFEST, orjson.dumps(asdict(manifest)))
        file.flush()
        os.fsync(file.fileno())
    dump.unlink()


def _blobs(settings: Settings) -> Iterator[Path]:
    return (path for path in sorted((settings.data_dir / "blobs").glob("??/*")) if len(path.name) == 64)


def _add_blob(archive: tarfile.TarFile, path: Path, settings: Settings) -> int:
    try:
        archive.add(path, path.relative_to(settings.data_dir).as_posix())
    except FileNotFoundError:
        # Deleted meanwhile, so nothing refers to it any more.
        return 0
    return 1


def _add_secret_key(archive: tarfile.TarFile, settings: Settings) -> None:
    path = settings.data_dir / SECRET_KEY
    if path.exists():
        _add_bytes(archive, SECRET_KEY, path.read_bytes())


def _add_bytes(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    archive.addfile(member, io.BytesIO(content))


def _checked(archive: tarfile.TarFile, into: Path | None) -> Manifest:
    blobs, database_hash, manifest = 0, "", None
    for member in archive:
        content = archive.extractfile(member) if member.isreg() else None
        if content is None or manifest is not None:
            raise BackupError("The archive holds something that no backup of Trackeep has.")
        if member.name == DATABASE:
            database_hash = _copy(content, into / DATABASE if into else None)
        elif member.name == SECRET_KEY:
            _copy(content, into / SECRET_KEY if into else None)
        elif member.name == MANIFEST:
            manifest = Manifest(**orjson.loads(content.read(_MAX_SMALL)))
        else:
            _check_blob(member.name, content)
            blobs += 1
    if manifest is None:
        raise BackupError("The archive is not complete: its end is missing.")
    if manifest.format != FORMAT:
        raise BackupError("The backup was made by a newer version of Trackeep. Please update Trackeep.")
    if (database_hash, blobs) != (manifest.database_sha256, manifest.blobs or 0):
        raise BackupError("The archive is damaged: its content is not what it says.")
    return manifest


def _check_blob(name: str, content: IO[bytes]) -> None:
    match = BLOB.fullmatch(name)
    if match is None:
        raise BackupError("The archive holds something that no backup of Trackeep has.")
    if _copy(content, None) != match["key"]:
        raise BackupError(f"The archive is damaged: {name} is not what it was.")


def _copy(source: IO[bytes], target: Path | None) -> str:
    """The hash of the content, which is written to ``target`` when there is one."""
    digest = hashlib.sha256()
    with open(target or os.devnull, "wb") as file:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()


def _file_hash(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
