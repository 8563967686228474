"""An empty database for tests of the core, on SQLite or on the PostgreSQL server that TEST_DATABASE_URL names."""

import os
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from tests.core.tables import create_all, empty, person
from trackeep.core import db
from trackeep.core.actor import Actor


@pytest.fixture(scope="session")
def own_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database that belongs to this test process alone."""
    server = os.environ.get("TEST_DATABASE_URL")
    if not server:
        yield f"sqlite:///{tmp_path_factory.mktemp('core') / 'core.db'}"
        return
    name = f"core_{os.getpid()}"
    _on_server(server, f"CREATE DATABASE {name}")
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        _on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(own_database: str) -> Iterator[None]:
    """Bound and empty."""
    db.database.bind(own_database)
    create_all(db.database.engine)
    yield
    db.release()
    empty(db.database.engine)
    db.database.engine.dispose()


@pytest.fixture
def alice(database: None) -> Actor:
    return person(7001, 9001)


@pytest.fixture
def bob(database: None) -> Actor:
    return person(7002, 9002)


def _on_server(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
