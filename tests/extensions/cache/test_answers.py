"""Answers are computed once for each state of their scopes, by one request of many, and never stay behind a write."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from extensions import events
from extensions.cache import AnswerCache, Resource
from extensions.freshness import Freshness
from extensions.redis_client import RedisClient
from tests.extensions.conftest import MakeClient
from tests.servers import RedisServer

NUMBERS = Resource("numbers", list[int], ttl=60)


class World:
    """What SQL would hold: a version and a value; and processes that cache it."""

    def __init__(self) -> None:
        self.version = 1
        self.value = [1]
        self.computed = 0
        self.slow = threading.Event()
        self.slow.set()
        self._lock = threading.Lock()

    def versions(self, scopes: Sequence[str]) -> dict[str, int]:
        return dict.fromkeys(scopes, self.version)

    def compute(self) -> list[int]:
        with self._lock:
            self.computed += 1
            value = list(self.value)
        assert self.slow.wait(10)
        return value

    def write(self, value: list[int]) -> None:
        self.version, self.value = self.version + 1, value

    def process(self, client: RedisClient | None, **options: Any) -> AnswerCache:
        cache = AnswerCache(Freshness(self.versions, client), **options)
        cache.start(Flask(__name__), client)
        return cache

    def ask(self, cache: AnswerCache, parameters: object = ()) -> list[int]:
        return cache.answer(NUMBERS, ["space:1"], parameters, self.compute)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def outcomes() -> Iterator[list[str]]:
    told: list[str] = []

    def note(_resource: str, *, outcome: str, **_rest: object) -> None:
        told.append(outcome)

    with events.cache_asked.connected_to(note):
        yield told


Process = Callable[..., AnswerCache]


@pytest.fixture(params=["memory", "redis"])
def process(request: pytest.FixtureRequest, world: World) -> Process:
    """Makes processes without Redis, or with clients of the same Redis."""
    if request.param == "memory":
        return lambda **options: world.process(None, **options)
    make: MakeClient = request.getfixturevalue("make_client")
    return lambda **options: world.process(make(), **options)


def test_an_answer_is_computed_once(world: World, process: Process, outcomes: list[str]) -> None:
    cache = process()
    assert [world.ask(cache) for _ in range(3)] == [[1]] * 3
    assert world.computed == 1
    assert outcomes == ["miss", "near", "near"]


def test_other_parameters_are_another_answer(world: World, process: Process) -> None:
    cache = process()
    for parameters in ((1, "a"), (1, "b"), {"a": 1}, (1, "a"), {"a": 1}):
        world.ask(cache, parameters)
    assert world.computed == 3


def test_a_write_makes_older_answers_unreachable(world: World, process: Process) -> None:
    cache = process()
    world.ask(cache)
    world.write([2])
    cache.freshness.learned({"space:1": world.version})
    assert world.ask(cache) == [2]
    # Nothing was deleted, and what was there before does not come back.
    assert world.ask(cache) == [2]


def test_another_process_takes_it_from_redis(world: World, make_client: MakeClient, outcomes: list[str]) -> None:
    world.ask(world.process(make_client()))
    other = world.process(make_client())
    assert [world.ask(other), world.ask(other)] == [[1], [1]]
    assert world.computed == 1
    assert outcomes == ["miss", "hit", "near"]


def test_a_request_that_wants_it_exact_sees_what_others_wrote(world: World, process: Process) -> None:
    cache = process(exact=lambda: True)
    world.ask(cache)
    world.write([2])
    assert world.ask(cache) == [2]


def test_inside_a_transaction_nothing_is_kept_or_taken(world: World, process: Process) -> None:
    inside = [True]
    cache = process(bypass=lambda: inside[0])
    world.ask(cache)
    world.ask(cache)
    inside[0] = False
    world.ask(cache)
    assert world.computed == 3


def test_200_cold_requests_compute_once_in_a_process(world: World, process: Process) -> None:
    cache = process()
    world.slow.clear()
    with ThreadPoolExecutor(200) as pool:
        asked = [pool.submit(world.ask, cache) for _ in range(200)]
        threading.Timer(0.3, world.slow.set).start()
        assert {tuple(one.result()) for one in asked} == {(1,)}
    assert world.computed == 1


def test_200_cold_requests_of_four_processes_compute_at_most_twice(world: World, make_client: MakeClient) -> None:
    caches = [world.process(make_client()) for _ in range(4)]
    world.slow.clear()
    with ThreadPoolExecutor(200) as pool:
        asked = [pool.submit(world.ask, caches[number % 4]) for number in range(200)]
        threading.Timer(0.3, world.slow.set).start()
        assert {tuple(one.result()) for one in asked} == {(1,)}
    assert world.computed <= 2


def test_who_waits_gives_back_what_it_holds(world: World, process: Process) -> None:
    given_back: list[str] = []
    cache = process(before_wait=lambda: given_back.append(threading.current_thread().name))
    world.slow.clear()
    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(world.ask, cache) for _ in range(3)]
        threading.Timer(0.2, world.slow.set).start()
        for one in asked:
            one.result()
    assert len(given_back) == 2


def test_a_computation_that_fails_fails_for_itself_alone(world: World, process: Process) -> None:
    cache = process()

    def fail() -> list[int]:
        raise KeyError("no")

    with pytest.raises(KeyError):
        cache.answer(NUMBERS, ["space:1"], (), fail)
    assert world.ask(cache) == [1]


def test_near_its_end_one_request_refreshes_and_the_others_take_what_is_there(world: World, process: Process) -> None:
    now = [1_000.0]
    cache = process(clock=lambda: now[0])
    world.ask(cache)
    now[0] += 60
    world.value = [2]
    world.slow.clear()
    # The answer has ended for good: everybody waits for the new one.
    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(world.ask, cache) for _ in range(2)]
        threading.Timer(0.1, world.slow.set).start()
        assert {tuple(one.result()) for one in asked} == {(2,)}
    assert world.computed == 2


def test_answers_that_take_long_are_refreshed_before_they_end(world: World, process: Process) -> None:
    now = [1_000.0]

    def slowly() -> list[int]:
        world.computed += 1
        return [world.computed]

    cache = process(clock=lambda: now[0])
    cache.answer(NUMBERS, ["space:1"], (), slowly)
    entry = next(iter(cache.near._entries.values()))
    object.__setattr__(entry, "kept", type(entry.kept)([1], 1_000.0, 1_060.0, 5.0, 10, 10))
    early = 0
    for second in range(54):
        now[0] = 1_000.0 + second
        early += cache.answer(NUMBERS, ["space:1"], (), slowly) != [1]
        if early:
            break
    now[0] = 1_059.9
    assert early or cache.answer(NUMBERS, ["space:1"], (), slowly) == [2]


def test_what_is_too_large_is_computed_each_time_and_nobody_waits(world: World, process: Process) -> None:
    cache, refused = process(), []

    def note(resource: str, *, reason: str) -> None:
        refused.append((resource, reason))

    texts = Resource("texts", str, ttl=60)
    with events.cache_failed.connected_to(note):
        for _ in range(3):
            assert len(cache.answer(texts, ["space:1"], (), lambda: "x" * 2_000_000)) == 2_000_000
    assert refused == [("texts", "too_large")] * 3


POISONS = ("\x80\x04K\x01.", "junk", "x" * 10_000_000)


@pytest.mark.parametrize("poison", POISONS, ids=["pickle", "junk", "10 MB"])
def test_a_poisoned_value_is_a_counted_miss(
    world: World, server: RedisServer, make_client: MakeClient, poison: str
) -> None:
    world.ask(world.process(make_client()))
    (key,) = server.ask("KEYS", "tk:*:*:*:*")
    server.ask("SET", key, poison)
    refused: list[str] = []

    def note(_resource: str, *, reason: str) -> None:
        refused.append(reason)

    client = make_client()
    with events.cache_failed.connected_to(note):
        assert world.ask(world.process(client)) == [1]
    assert refused == ["poisoned"]
    assert not client.breaker.is_open
    assert world.ask(world.process(make_client())) == [1]
    assert world.computed == 2, "the computed answer took the place of the poison"


def test_a_dead_redis_is_no_error(world: World, server: RedisServer, make_client: MakeClient) -> None:
    cache = world.process(make_client())
    server.kill()
    assert world.ask(cache) == [1]
    assert world.ask(cache) == [1]
    assert world.computed == 1, "the first level still answers"


def test_answers_that_compress_well_do_not_fill_the_memory(process: Process) -> None:
    cache, texts = process(), Resource("texts", str, ttl=60)
    for number in range(100):
        cache.answer(texts, ["space:1"], number, lambda: "x" * 1_000_000)
    assert len(cache.near) < 20


def test_a_flight_without_anybody_in_it_is_not_waited_for_long(
    world: World, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost, other = world.process(make_client()), world.process(make_client())
    assert world.ask(other, "before") == [1], "it knows by now how long it takes"
    monkeypatch.setattr(lost._bytes, "land", lambda *_: True)
    world.ask(lost)
    began = time.monotonic()
    assert world.ask(other) == [1]
    assert time.monotonic() - began < 1
    assert world.computed == 3
