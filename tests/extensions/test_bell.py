"""A bell wakes who waits in the same process, and through Redis in others; a lost ring costs a look at the clock."""

import threading
import time
from collections.abc import Iterator

import pytest

from extensions.bell import Bell
from tests.extensions.conftest import MakeClient
from tests.servers import RedisServer, until


def seconds_until_woken(bell: Bell, most: float = 5.0) -> float:
    began = time.monotonic()
    bell.wait(most)
    return time.monotonic() - began


@pytest.fixture
def pair(make_client: MakeClient) -> Iterator[tuple[Bell, Bell]]:
    """Two processes; the second listens."""
    one, other = Bell(make_client()), Bell(make_client())
    other.listen()
    yield one, other
    one.close()
    other.close()


def heard(one: Bell, other: Bell) -> bool:
    other.wait(0)
    one.announce()
    return seconds_until_woken(other, 0.5) < 0.5


def test_a_ring_wakes_and_is_used_up() -> None:
    bell = Bell()
    threading.Timer(0.05, bell.announce).start()
    assert seconds_until_woken(bell) < 2
    assert seconds_until_woken(bell, 0.05) >= 0.05


def test_other_processes_are_woken(pair: tuple[Bell, Bell]) -> None:
    one, other = pair
    until(lambda: heard(one, other), 5, "a ring through Redis")


def test_after_a_restart_of_redis_it_rings_again(server: RedisServer, pair: tuple[Bell, Bell]) -> None:
    one, other = pair
    until(lambda: heard(one, other), 5, "a ring")
    server.kill()
    one.announce()
    one.announce()
    server.start(empty=True)
    until(lambda: heard(one, other), 5, "a ring after the restart")


def test_without_redis_announcing_is_no_error(server: RedisServer, make_client: MakeClient) -> None:
    bell = Bell(make_client())
    server.kill()
    bell.announce()
    assert seconds_until_woken(bell) < 1
