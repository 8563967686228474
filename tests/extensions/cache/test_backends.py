"""Redis and the memory of the process keep bytes alike: one suite for both."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask_caching import Cache
from redis.crc import key_slot

from extensions import keys
from extensions.cache.backends import BytesCache, MemoryBytes, RedisBytes
from extensions.cache.codec import LONGEST_STORED
from tests.extensions.conftest import MakeClient
from tests.servers import RedisServer, until

KEY = "tk:thing:space:1:2:abc"
Make = Callable[[], BytesCache]


@pytest.fixture(params=["memory", "redis"])
def backend(request: pytest.FixtureRequest) -> BytesCache:
    if request.param == "memory":
        return MemoryBytes()
    make: MakeClient = request.getfixturevalue("make_client")
    return RedisBytes(make())


def test_what_is_set_is_there(backend: BytesCache) -> None:
    assert backend.get(KEY) is None
    assert not backend.has(KEY)
    assert backend.set(KEY, b"\0\xff value")
    assert backend.get(KEY) == b"\0\xff value"
    assert backend.set(KEY, b"other")
    assert backend.get(KEY) == b"other"
    assert backend.has(KEY)


def test_adding_takes_a_free_key_only(backend: BytesCache) -> None:
    assert backend.add(KEY, b"first")
    assert not backend.add(KEY, b"second")
    assert backend.get(KEY) == b"first"


def test_landing_sets_the_answer_and_frees_the_flight(backend: BytesCache) -> None:
    flight = keys.flight(KEY)
    assert backend.add(flight, b"1", 5)
    assert backend.land(KEY, b"answer", 5, flight)
    assert backend.get(KEY) == b"answer"
    assert backend.add(flight, b"1", 5)
    assert key_slot(KEY.encode()) == key_slot(flight.encode()), "one round trip, also in a Cluster"


def test_deleting(backend: BytesCache) -> None:
    backend.set(KEY, b"x")
    assert backend.delete(KEY)
    assert not backend.delete(KEY)
    assert backend.get(KEY) is None
    assert backend.add(KEY, b"y")


def test_values_end(backend: BytesCache) -> None:
    backend.set(KEY, b"x", timedelta(milliseconds=80))
    assert backend.get(KEY) == b"x"
    until(lambda: backend.get(KEY) is None, 2, "the end of a value")
    assert backend.add(KEY, b"y", timedelta(milliseconds=80))
    until(lambda: backend.add(KEY, b"z", 5), 2, "the end of an added value")


def test_what_is_too_long_for_an_answer_is_cut(backend: BytesCache) -> None:
    backend.set(KEY, b"x" * (LONGEST_STORED * 10))
    found = backend.get(KEY)
    assert found is not None
    assert len(found) == LONGEST_STORED + 1


def test_both_are_backends_of_flask_caching(make_client: MakeClient) -> None:
    for name in ("MemoryBytes", "RedisBytes"):
        app = Flask(__name__)
        options = {"CACHE_CLIENT": make_client(), "CACHE_DEFAULT_TIMEOUT": 60}
        cache = Cache(app, config={"CACHE_TYPE": f"extensions.cache.backends.{name}", **options})
        with app.app_context():
            assert cache.set(KEY, b"x")
            assert cache.get(KEY) == b"x"


def test_memory_is_bounded() -> None:
    memory = MemoryBytes(most_bytes=10_000)
    for number in range(1_000):
        memory.set(f"key {number}", b"x" * 100)
    left = [number for number in range(1_000) if memory.has(f"key {number}")]
    assert left == list(range(1_000 - len(left), 1_000))
    assert 80 < len(left) < 100


def test_another_type_under_the_key_is_a_miss_and_is_replaced(server: RedisServer, make_client: MakeClient) -> None:
    client = make_client()
    backend = RedisBytes(client)
    for _ in range(5):
        server.ask("DEL", KEY)
        server.ask("LPUSH", KEY, "x")
        assert backend.get(KEY) is None
        assert backend.set(KEY, b"good")
        assert backend.get(KEY) == b"good"
    assert not client.breaker.is_open


def test_without_redis_everybody_computes(server: RedisServer, make_client: MakeClient) -> None:
    backend = RedisBytes(make_client())
    backend.set(KEY, b"x")
    server.kill()
    for _ in range(4):
        assert backend.get(KEY) is None
        assert backend.add(KEY, b"y")
        assert not backend.set(KEY, b"y")
        assert not backend.delete(KEY)
