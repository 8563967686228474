"""Taking a backup back: everything is checked before anything is touched."""

import os
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from sqlalchemy import inspect, text

from config.settings import Settings
from trackeep.core import clock, db, ext, versions
from trackeep.core.backup import dumps
from trackeep.core.backup.archive import DATABASE, SECRET_KEY, Manifest, blob_members, make_backup, read_backup
from trackeep.core.backup.errors import BackupError
from trackeep.core.db import migrate

_CHUNK = 1024 * 1024


def restore_backup(settings: Settings, path: Path, *, force: bool = False) -> Manifest:
    """Replace the database by the one in the archive and bring the blobs back. A database that holds people is only
    replaced with ``force``, after a copy of it was put into the data directory. Raises BackupError."""
    with tempfile.TemporaryDirectory(prefix="trackeep-restore-") as folder:
        manifest = read_backup(path, into=Path(folder))
        _check_fit(settings, manifest)
        if holds_data():
            if not force:
                raise BackupError(
                    "The database holds data already. Stop the server, then repeat the command with --force: the data "
                    f"will be copied to {settings.data_dir / 'backups'} and replaced."
                )
            make_backup(settings, automatic_name(settings, "before-restore"), with_blobs=False)
        db.database.engine.dispose()
        dumps.load(settings, Path(folder, DATABASE))
        _restore_secret_key(settings, Path(folder, SECRET_KEY))
    _restore_blobs(path)
    if migrate.current() != manifest.revision:
        raise BackupError("The restored database does not have the schema that the backup promised.")
    if manifest.revision is not None:
        versions.raise_all()
    return manifest


def holds_data() -> bool:
    """Whether somebody has an account in the database."""
    with db.database.engine.connect() as connection:
        if not inspect(connection).has_table("users"):
            return False
        return connection.execute(text("SELECT 1 FROM users LIMIT 1")).first() is not None


def automatic_name(settings: Settings, reason: str) -> Path:
    """Where copies go that nobody named."""
    return settings.data_dir / "backups" / f"trackeep-{reason}-{clock.now():%Y%m%d-%H%M%S}.tar"


def _check_fit(settings: Settings, manifest: Manifest) -> None:
    if manifest.dialect != dumps.dialect(settings):
        raise BackupError(
            f"The backup is of a {manifest.dialect} database, and DATABASE_URL names a {dumps.dialect(settings)} one."
        )
    if manifest.revision is not None and manifest.revision not in migrate.known():
        raise BackupError("The backup has a newer schema than this version of Trackeep knows. Please update Trackeep.")


def _restore_blobs(path: Path) -> None:
    store = ext.blobs()
    with tarfile.open(path, "r:") as archive:
        for key, content in blob_members(archive):
            if not store.path(key).exists():
                store.put(_chunks(content), limit=2**63)


def _chunks(content: IO[bytes]) -> Iterator[bytes]:
    while chunk := content.read(_CHUNK):
        yield chunk


def _restore_secret_key(settings: Settings, held: Path) -> None:
    """The key that opens what the backup's database has sealed; a different one that was here is kept beside it."""
    target = settings.data_dir / SECRET_KEY
    if not held.exists() or (target.exists() and target.read_bytes() == held.read_bytes()):
        return
    if target.exists():
        target.rename(target.with_name(f"{SECRET_KEY}.before-restore-{clock.now():%Y%m%d-%H%M%S}"))
    with open(target, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(held.read_bytes())
