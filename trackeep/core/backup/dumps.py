"""Copies of the database while it is in use, and the way back into it, for each of the two."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from config.settings import Settings
from trackeep.core import db
from trackeep.core.backup.errors import BackupError

_BUSY_SECONDS = 30


def dialect(settings: Settings) -> str:
    return "sqlite" if settings.is_sqlite else "postgresql"


def dump(settings: Settings, target: Path) -> None:
    """A consistent copy of the database as it is at this moment; writers are not held up."""
    if settings.is_sqlite:
        _dump_sqlite(_sqlite_path(settings), target)
    else:
        _run("pg_dump", settings, "--format=custom", "--no-owner", f"--file={target}")


def load(settings: Settings, source: Path) -> None:
    """Replace the whole database by this copy, in one transaction."""
    db.release()
    if settings.is_sqlite:
        _load_sqlite(source, _sqlite_path(settings))
    else:
        options = ("--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error")
        _run("pg_restore", settings, *options, str(source))


def _dump_sqlite(path: Path, target: Path) -> None:
    if not path.exists():
        raise BackupError(f"There is no database at {path} yet. Start Trackeep once, or check DATABASE_URL.")
    with closing(sqlite3.connect(path, timeout=_BUSY_SECONDS)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
    _check_sqlite(target)


def _load_sqlite(source: Path, path: Path) -> None:
    _check_sqlite(source)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Through SQLite's own copy, not by replacing the file: whoever has the database open sees the new content.
    with (
        closing(sqlite3.connect(source)) as copy,
        closing(sqlite3.connect(path, timeout=_BUSY_SECONDS)) as database,
    ):
        copy.backup(database)
        database.execute("PRAGMA journal_mode=WAL")


def _check_sqlite(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as connection:
            answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise BackupError(f"The copy of the database cannot be read: {error}.") from error
    if answer != "ok":
        raise BackupError(f"The copy of the database is damaged: {answer}.")


def _sqlite_path(settings: Settings) -> Path:
    name = make_url(settings.database_url).database
    if not name or name == ":memory:":
        raise BackupError("A database in memory cannot be backed up.")
    return Path(name)


def has_tools() -> bool:
    """Whether PostgreSQL's own programs for copies are on PATH."""
    return all(shutil.which(name) for name in ("pg_dump", "pg_restore"))


def _run(program: str, settings: Settings, *arguments: str) -> None:
    if not shutil.which(program):
        raise BackupError(
            f"The program {program} is not on PATH. Please install PostgreSQL's client programs "
            "(on Debian: postgresql-client), of the server's version or newer."
        )
    url = make_url(settings.database_url)
    command = [program, "--no-password", f"--dbname={url.database}", *arguments]
    done = subprocess.run(command, env={**os.environ, **_connection(url)}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(f"{program} failed: {done.stderr.strip()[-1500:]}")


def _connection(url: URL) -> dict[str, str]:
    """By environment, not by arguments: other users can read a process's arguments."""
    values = {
        "PGHOST": url.host,
        "PGPORT": str(url.port) if url.port else None,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGSSLMODE": _text(url.query.get("sslmode")),
    }
    return {name: value for name, value in values.items() if value}


def _text(value: str | tuple[str, ...] | None) -> str | None:
    return value[-1] if isinstance(value, tuple) else value
