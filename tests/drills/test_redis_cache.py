"""Cached equals fresh over two instances, whatever happens to Redis, and who asks at once lets compute once."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

import psycopg
import pytest

from tests.drills.application import Person
from tests.drills.length import LENGTH
from tests.drills.load import Request, exchange
from tests.drills.numbers import check, numbers
from tests.drills.site import Furnished, Site, log, site
from tests.servers import RedisServer, redis_server
from tests.servers.programs import pause, until

LIST = "/api/v1/bookmarks"
CROWD = 200
WAIT_SECONDS = 10.0
WAITING = "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = 'trackeep'"


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture(scope="module")
def place(furnished: Furnished, redis: RedisServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site(furnished, tmp_path_factory.mktemp("cache"), redis.url) as made:
        yield made


def kill(redis: RedisServer) -> None:
    redis.kill()
    pause(0.1)
    redis.start()


def empty(redis: RedisServer) -> None:
    redis.kill()
    redis.start(empty=True)


def freeze(redis: RedisServer) -> None:
    redis.freeze()
    pause(0.3)
    redis.thaw()


def flush(redis: RedisServer) -> None:
    redis.flush()


def nothing(_redis: RedisServer) -> None:
    """All is well."""


FAULTS: tuple[Callable[[RedisServer], None], ...] = (kill, empty, freeze, flush, flush, nothing, nothing)


def test_everybody_sees_what_was_written(place: Site, redis: RedisServer) -> None:
    chance = random.Random(4)
    with numbers(place) as written:
        for _ in range(LENGTH.cuts):
            chance.choice(FAULTS)(redis)
            pause(chance.uniform(0.0, 0.6))
    log.info("%d written, oldest number %.2f s", len(written[1].acknowledged), written[1].oldest)
    check(written)
    assert place.surprises() == []


@pytest.mark.parametrize("is_away", [False, True], ids=["well", "away"])
def test_two_hundred_who_ask_at_once_compute_twice_at_most(place: Site, redis: RedisServer, is_away: bool) -> None:
    person = place.servers[0].add_person()
    with place.servers[0].browser(person) as client:
        client.post(LIST, json={"url": "http://127.0.0.1:1/cold", "title": "Cold"}).raise_for_status()
    place.await_redis(place.lines(), WAIT_SECONDS)
    if is_away:
        redis.kill()
    before = computed(place)
    try:
        statuses = ask_at_once(place, person)
    finally:
        redis.start()
    assert statuses == [(200, "")] * CROWD
    assert 1 <= computed(place) - before <= 2


def computed(place: Site) -> float:
    return place.measured("cache_answers_total", resource="bookmark_list", outcome="miss")


def ask_at_once(place: Site, person: Person) -> list[tuple[int, str]]:
    """All wait for an answer that takes long to compute: the table is locked until all have asked."""

    def has_it(body: bytes) -> str:
        return "" if b'"Cold"' in body else f"not in {body[:200]!r}"

    def ask(number: int) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", place.ports[number % len(place.ports)], timeout=WAIT_SECONDS)
        status, wrong, _headers = exchange(connection, Request(LIST, headers=person.session, check=has_it))
        connection.close()
        return status, wrong

    with ThreadPoolExecutor(CROWD) as people, psycopg.connect(place.database.url.replace("+psycopg", "")) as holder:
        holder.execute("LOCK TABLE bookmarks IN ACCESS EXCLUSIVE MODE")
        asked = [people.submit(ask, number) for number in range(CROWD)]
        until(lambda: bool(place.database.ask(WAITING)), WAIT_SECONDS, "somebody computes")
        pause(1.0)
        holder.rollback()
        return [each.result() for each in asked]
