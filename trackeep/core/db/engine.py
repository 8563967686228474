"""Builds the engine for PostgreSQL or SQLite with the connection settings that each needs."""

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import ConnectionPoolEntry

from trackeep.core.db import patience

SQLITE_BUSY_SECONDS = 10
SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    f"busy_timeout={SQLITE_BUSY_SECONDS * 1000}",
    "temp_store=MEMORY",
)


def build_engine(url: str, pool_size: int) -> Engine:
    """An engine whose connections are ready for use; connects to nothing yet."""
    if url.startswith("sqlite"):
        return _sqlite_engine(url)
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=5,
        pool_pre_ping=True,
        connect_args={"connect_timeout": patience.CONNECT_SECONDS, "options": "-c timezone=UTC"},
    )
    patience.watch(engine)
    return engine


def read_engine(engine: Engine) -> Engine:
    """The same pool without transactions: each statement stands alone, so that a read never holds anything open."""
    return engine if engine.dialect.name == "sqlite" else engine.execution_options(isolation_level="AUTOCOMMIT")


def begin_writing(connection: Connection) -> None:
    """Begin the transaction that was announced by ``connection.begin()``; to be called right behind it.

    SQLite's driver begins nothing by itself (isolation_level None). A writer takes the lock at once: upgrading a read
    to a write later fails without waiting when somebody else wrote in between. This is no listener of the engine's
    "begin": an engine with any listener asks all of its events at every statement, a tenth of a small request.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def begin_always(connection: Connection) -> None:
    """Let every ``begin()`` of this connection begin, for those who call it out of our sight."""
    event.listen(connection, "begin", begin_writing)


def _sqlite_engine(url: str) -> Engine:
    database = make_url(url).database
    if database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=16,
        max_overflow=64,
        connect_args={
            "timeout": SQLITE_BUSY_SECONDS,
            "isolation_level": None,
            "check_same_thread": False,
        },
    )
    event.listen(engine, "do_connect", _create_for_the_owner)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _create_for_the_owner(
    _dialect: Dialect, _entry: ConnectionPoolEntry, arguments: Sequence[Any], _options: Mapping[str, Any]
) -> None:
    # A file that SQLite makes itself could be read by everybody on the machine; its journal follows its example.
    name = str(arguments[0])
    if name != ":memory:" and not name.startswith("file:") and not Path(name).exists():
        Path(name).touch(mode=0o600)


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()
