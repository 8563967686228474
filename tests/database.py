"""A database for each test: a copied file on SQLite, an emptied database of the worker's own on PostgreSQL.

Both are made by the migrations, as every real one is.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import create_engine, event, make_url, text
from sqlalchemy.engine import Engine

from trackeep.core import db
from trackeep.core.db import migrate, work
from trackeep.core.db.engine import build_engine

# Truncating some forty tables takes twenty times as long as a test that touched three of them. Foreign keys are no
# concern while everything goes, so nothing has to be sorted.
EMPTY_TABLE = "IF EXISTS (SELECT FROM {table}) THEN DELETE FROM {table}; END IF;"
# PostgreSQL's processes have to learn all tables at their start; a test that forgets to give one back does little harm.
TESTS_OF_A_POOL = 10
EMPTY_DATABASE = """
DO $$ BEGIN
    SET LOCAL session_replication_role = replica;
    {tables}
    PERFORM setval((quote_ident(schemaname) || '.' || quote_ident(sequencename))::regclass, 1, false)
        FROM pg_sequences WHERE last_value IS NOT NULL;
END $$
"""


class TestDatabase:
    """Makes the tables once for the whole run of a worker, then a clean database for each test."""

    __test__ = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server = os.environ.get("TEST_DATABASE_URL", "")
        self._made: Engine | None = None
        self._bound: Engine | None = None
        self._tests = 0

    @contextmanager
    def clean(self) -> Iterator[str]:
        """The address of a database that has all tables and no rows; it is bound by one engine again and again."""
        url = self._empty_server() if self._server else self._copied()
        with patch.object(work, "build_engine", lambda wanted, size: self._engine(wanted, size, url)):
            yield url
        self._tests += 1
        if self._bound is not None and (not self._server or self._tests % TESTS_OF_A_POOL == 0):
            self._bound.dispose()

    def _engine(self, wanted: str, pool_size: int, url: str) -> Engine:
        """Statements are compiled once for an engine: with a new one for each test that is a third of a small test."""
        if wanted != url:
            return build_engine(wanted, pool_size)
        if self._bound is None:
            self._bound = build_engine(wanted, pool_size)
            self._bound.update_execution_options(compiled_cache={})
            if not self._server:
                event.listen(self._bound, "connect", _never_sync)
        return self._bound

    def _copied(self) -> str:
        """A new file, for somebody may still have the last test's open."""
        path = self._folder / "trackeep.db"
        for suffix in ("", "-wal", "-shm"):
            path.with_name(f"{path.name}{suffix}").unlink(missing_ok=True)
        shutil.copy(self._template(), path)
        return f"sqlite:///{path}"

    def _empty_server(self) -> str:
        engine = self._own_database()
        with engine.begin() as connection:
            connection.exec_driver_sql(emptying([table.name for table in db.Base.metadata.sorted_tables]))
        return engine.url.render_as_string(hide_password=False)

    @contextmanager
    def bare(self, folder: Path) -> Iterator[str]:
        """The address of a database without any table."""
        if not self._server:
            yield f"sqlite:///{folder / 'bare.db'}"
            return
        url = create_database(self._server, "bare")
        try:
            yield url
        finally:
            drop_database(self._server, "bare")

    def _template(self) -> Path:
        path = self._folder / "template.db"
        if not path.exists():
            migrate_database(f"sqlite:///{path}")
            with build_engine(f"sqlite:///{path}", 1).connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return path

    def _own_database(self) -> Engine:
        if self._made is None:
            url = create_database(self._server, "main")
            migrate_database(url)
            self._made = build_engine(url, 2)
        return self._made


def _never_sync(connection: sqlite3.Connection, _entry: object) -> None:
    connection.execute("PRAGMA synchronous=OFF").close()


def migrate_database(url: str) -> None:
    """Run all migrations there; the application is left bound to it."""
    db.database.bind(url, 2)
    migrate.upgrade()
    db.database.engine.dispose()


def emptying(tables: Sequence[str]) -> str:
    """The statement that leaves no row in these tables, and lets their numbers begin anew."""
    return EMPTY_DATABASE.format(tables="\n    ".join(EMPTY_TABLE.format(table=f'"{name}"') for name in tables))


def create_database(server: str, purpose: str) -> str:
    """A database of this worker's own for one purpose, without any table; its address."""
    name = _name(purpose)
    _on_server(server, f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def drop_database(server: str, purpose: str) -> None:
    _on_server(server, f"DROP DATABASE {_name(purpose)} WITH (FORCE)")


def _name(purpose: str) -> str:
    return f"trackeep_{os.environ.get('PYTEST_XDIST_WORKER', 'single')}_{os.getpid()}_{purpose}"


def _on_server(server: str, *statements: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
