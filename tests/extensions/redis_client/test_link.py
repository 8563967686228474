"""What a failure of a call means for the calls that follow."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from extensions.redis_client import RedisAway, RedisClient, parse_address
from tests.extensions.conftest import clients
from tests.servers import RedisServer, until


def one_client(server: RedisServer, size: int = 20) -> RedisClient:
    client = clients(parse_address(server.url), size=size).get("cache")
    assert client is not None
    return client


def test_a_crowd_that_finds_no_connection_goes_without_and_opens_nothing(server: RedisServer) -> None:
    client = one_client(server, size=2)
    all_there, let_go = threading.Barrier(3), threading.Event()

    def hold() -> None:
        def work(_redis: object) -> None:
            connection = client.link.topology.client("a").connection_pool.get_connection()
            all_there.wait(5)
            let_go.wait(5)
            client.link.topology.client("a").connection_pool.release(connection)

        client.call("a", work)

    with ThreadPoolExecutor(2) as pool:
        held = [pool.submit(hold) for _ in range(2)]
        all_there.wait(5)
        for _ in range(3):
            with pytest.raises(RedisAway):
                client.call("a", lambda redis: redis.get("a"))
        let_go.set()
        for one in held:
            one.result()
    assert not client.breaker.is_open
    assert client.breaker.failures["pool exhausted"] == 3
    assert client.call("a", lambda redis: redis.get("a")) is None


def test_a_dead_server_opens_the_breaker_and_the_probe_closes_it(server: RedisServer) -> None:
    client = one_client(server)
    client.call("a", lambda redis: redis.get("a"))
    server.kill()
    for _ in range(3):
        with pytest.raises(RedisAway):
            client.call("a", lambda redis: redis.get("a"))
    assert client.breaker.is_open
    calls = client.calls
    with pytest.raises(RedisAway):
        client.call("a", lambda redis: redis.get("a"))
    assert client.calls == calls, "nobody is sent to a server that is known to be away"
    server.start()
    until(lambda: not client.breaker.is_open, 5, "the probe")
    assert client.call("a", lambda redis: redis.get("a")) is None


def test_a_server_that_takes_no_writes_is_not_back(server: RedisServer) -> None:
    client = one_client(server)
    server.ask("CONFIG", "SET", "maxmemory-policy", "noeviction")
    server.ask("CONFIG", "SET", "maxmemory", "1")
    try:
        for _ in range(2):
            with pytest.raises(RedisAway):
                client.call("a", lambda redis: redis.set("a", b"1"))
        assert client.breaker.is_open
        assert not client.link.probe()
    finally:
        server.ask("CONFIG", "SET", "maxmemory", "0")
    until(lambda: not client.breaker.is_open, 5, "the probe")
