"""A Redis for the tests of the extensions, and clients of it."""

from collections.abc import Callable, Iterator

import pytest

from extensions.redis_client import Address, Deadlines, RedisClient, RedisClients, RedisOptions, parse_address
from tests.servers import RedisServer, redis_server

MakeClient = Callable[[], RedisClient]


@pytest.fixture(scope="session")
def shared_server() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture
def server(shared_server: RedisServer) -> RedisServer:
    """A server that runs and holds nothing."""
    shared_server.start()
    shared_server.flush()
    return shared_server


@pytest.fixture
def make_client(server: RedisServer) -> Iterator[MakeClient]:
    """Clients of their own pool and breaker, as other processes would have."""
    made: list[RedisClients] = []

    def make() -> RedisClient:
        made.append(clients(parse_address(server.url)))
        client = made[-1].get("cache")
        assert client is not None
        return client

    yield make
    for one in made:
        one.close()


@pytest.fixture
def client(make_client: MakeClient) -> RedisClient:
    return make_client()


def clients(address: Address, *names: str, size: int = 20) -> RedisClients:
    # The machine of the tests may be busy; what is about deadlines says so itself.
    deadlines = Deadlines(read=1.0, connect=1.0)
    chosen = dict.fromkeys(names or ("cache",), address)
    return RedisClients(RedisOptions(addresses=chosen, pool_size=size, deadlines=deadlines))
