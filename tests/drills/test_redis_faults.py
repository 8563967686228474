"""Redis forgets, is full, refuses, starts empty, is slow, deaf or rude: no request fails, nobody is signed out, and no
answer is wrong."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.drills.length import LENGTH
from tests.drills.load import Load, Report
from tests.drills.numbers import check, numbers
from tests.drills.site import Furnished, Site, log, site
from tests.servers import RedisServer, TcpProxy, redis_server
from tests.servers.programs import pause

RATE = 50.0
BACK_SECONDS = 2.0
SETTLE_SECONDS = 10.0
USER = "app"
RIGHTS = "~tk:* &tk:* +@all"


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with redis_server(password="not-for-the-app", users=[f"user {USER} on >secret {RIGHTS}"]) as server:
        yield server


@pytest.fixture(scope="module")
def wire(redis: RedisServer) -> Iterator[TcpProxy]:
    with TcpProxy(redis.port) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def place(furnished: Furnished, wire: TcpProxy, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    url = f"redis://{USER}:secret@{wire.host}:{wire.port}/0"
    with site(furnished, tmp_path_factory.mktemp("faults"), url) as made:
        yield made


@contextmanager
def unnoticed(place: Site, heal: Callable[[], None]) -> Iterator[None]:
    """What happens inside is healed at the end, and nobody has noticed."""
    with numbers(place) as written, Load(place.ports, place.crowd.make, RATE) as load:
        try:
            yield
            lines = place.lines()
        finally:
            heal()
        back = place.await_redis(lines, BACK_SECONDS)
        pause(LENGTH.seconds)
        load.settle(SETTLE_SECONDS)
    report = Report.of(load.answers)
    log.info("p99 %.0f ms, back in %.2f s, oldest number %.2f s", report.p99, back, written[1].oldest)
    assert report.failed == 0, report
    check(written)
    assert place.surprises() == []


def nothing() -> None:
    """Nothing has to be healed."""


def test_everything_is_forgotten(place: Site, redis: RedisServer) -> None:
    with unnoticed(place, nothing):
        for _ in range(10):
            redis.flush()
            pause(LENGTH.seconds / 10)


def test_memory_is_full(place: Site, redis: RedisServer) -> None:
    def room() -> None:
        redis.set_config("maxmemory", "0")

    with unnoticed(place, room):
        redis.set_config("maxmemory-policy", "noeviction")
        redis.set_config("maxmemory", "1mb")
        before = place.measured("redis_errors_total", error="out of memory")
        pause(2 * LENGTH.seconds)
        assert place.measured("redis_errors_total", error="out of memory") > before


def test_the_password_is_another_one(place: Site, redis: RedisServer) -> None:
    def take_back() -> None:
        redis.ask("ACL", "SETUSER", USER, "resetpass", ">secret")

    with unnoticed(place, take_back):
        redis.ask("ACL", "SETUSER", USER, "resetpass", ">changed")
        before = place.measured("redis_errors_total", error="refused")
        redis.ask("CLIENT", "KILL", "USER", USER)
        pause(2 * LENGTH.seconds)
        assert place.measured("redis_errors_total", error="refused") > before


def test_it_starts_empty(place: Site, redis: RedisServer) -> None:
    with unnoticed(place, nothing):
        redis.kill()
        redis.start(empty=True)
        pause(LENGTH.seconds)


def test_the_way_to_it_is_slow(place: Site, wire: TcpProxy) -> None:
    with unnoticed(place, wire.pass_on):
        wire.delay(0.2)
        pause(LENGTH.seconds)


def test_the_way_to_it_is_dead(place: Site, wire: TcpProxy) -> None:
    with unnoticed(place, wire.pass_on):
        wire.half_open()
        pause(LENGTH.seconds)


def test_connections_are_reset(place: Site, wire: TcpProxy) -> None:
    with unnoticed(place, nothing):
        for _ in range(10):
            wire.reset()
            pause(LENGTH.seconds / 10)
