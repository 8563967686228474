"""A database for each test: a copied file on SQLite, an emptied database of the worker's own on PostgreSQL."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.engine import Engine

from trackeep.core import db
from trackeep.core.db.engine import build_engine


class TestDatabase:
    """Makes the tables once for the whole run of a worker, then a clean database for each test."""

    __test__ = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server = os.environ.get("TEST_DATABASE_URL", "")
        self._made: Engine | None = None

    @contextmanager
    def clean(self, folder: Path) -> Iterator[str]:
        """The address of a database that has all tables and no rows."""
        if not self._server:
            shutil.copy(self._template(), folder / "trackeep.db")
            yield f"sqlite:///{folder / 'trackeep.db'}"
            return
        engine = self._own_database()
        names = ", ".join(f'"{table.name}"' for table in db.Base.metadata.sorted_tables)
        with engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
        yield engine.url.render_as_string(hide_password=False)

    def _template(self) -> Path:
        path = self._folder / "template.db"
        if not path.exists():
            engine = build_engine(f"sqlite:///{path}", 1)
            db.Base.metadata.create_all(engine)
            with engine.connect() as connection:
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            engine.dispose()
        return path

    def _own_database(self) -> Engine:
        if self._made is None:
            name = f"trackeep_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
            server = create_engine(self._server, isolation_level="AUTOCOMMIT")
            with server.connect() as connection:
                connection.execute(text(f"CREATE DATABASE {name}"))
            server.dispose()
            self._made = build_engine(make_url(self._server).set(database=name).render_as_string(False), 2)
            db.Base.metadata.create_all(self._made)
        return self._made
