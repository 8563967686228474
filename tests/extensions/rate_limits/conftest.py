"""A Redis for the tests of this folder, empty for each of them."""

from collections.abc import Iterator

import pytest

from extensions.redis_client import RedisClient
from tests.extensions.rate_limits.server import RedisServer, limits_of


@pytest.fixture(scope="package")
def a_server() -> Iterator[RedisServer]:
    server = RedisServer()
    server.start()
    yield server
    server.remove()


@pytest.fixture
def server(a_server: RedisServer) -> RedisServer:
    a_server.admin.flushall()
    return a_server


@pytest.fixture
def client(server: RedisServer) -> Iterator[RedisClient]:
    clients = server.clients()
    yield limits_of(clients)
    clients.close()
