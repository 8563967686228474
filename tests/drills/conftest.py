"""What the drills share: a PostgreSQL server behind a proxy, and the application on it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.drills.application import Application, application
from tests.drills.site import Furnished
from tests.servers import PostgresqlServer, TcpProxy, postgresql_server


@dataclass(frozen=True)
class OnPostgresql:
    """Two workers that reach their database through a proxy. No job runs beside: it would hold locks of its own."""

    server: Application
    database: PostgresqlServer
    wire: TcpProxy


@pytest.fixture(scope="module")
def on_postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OnPostgresql]:
    with postgresql_server() as database, TcpProxy(database.port) as wire:
        url = database.url_through(wire.port)
        folder = tmp_path_factory.mktemp("server")
        with application(folder, DATABASE_URL=url, WEB_WORKERS="2") as server:
            yield OnPostgresql(server, database, wire)


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Furnished]:
    """For the drills that leave PostgreSQL alone."""
    with postgresql_server() as database:
        with application(tmp_path_factory.mktemp("setup"), DATABASE_URL=database.url, WEB_WORKERS="1") as server:
            admin = server.admin
        yield Furnished(database, admin)
