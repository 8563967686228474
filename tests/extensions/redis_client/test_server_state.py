"""What a Redis server tells of itself, from real ones and from answers that lack what is expected."""

from collections.abc import Iterator

import pytest

from extensions.redis_client import Deadlines, Link, ServerState, Tls, parse_address
from extensions.redis_client.server_state import read_state
from tests.servers import RedisServer, free_port, redis_server

LIMITS = Deadlines(connect=1.0, read=1.0)


@pytest.fixture
def server() -> Iterator[RedisServer]:
    """With 8 MB, to which every command is slow, and with a user who may ask nothing but INFO."""
    lines = ["maxmemory 8mb", "maxclients 50", "slowlog-log-slower-than 0"]
    with redis_server(users=["user watcher on >secret ~* +info"], lines=lines) as server:
        yield server


def states(url: str) -> dict[str, ServerState]:
    link = Link(parse_address(url), LIMITS, 2, Tls())
    try:
        return link.server_states()
    finally:
        link.close()


def test_a_server_tells_how_it_is(server: RedisServer) -> None:
    [(place, state)] = states(server.url).items()
    assert place == f"127.0.0.1:{server.port}"
    assert (state.role, state.max_memory, state.max_clients) == ("master", 8 * 1024**2, 50)
    assert 0 < state.used_memory < state.max_memory
    assert state.clients >= 1
    assert state.lag_seconds is None
    assert state.slow, "every command is slow for this server"
    assert all(seconds < 1 for _number, seconds in state.slow)


def test_who_may_not_ask_for_slow_commands_learns_the_rest(server: RedisServer) -> None:
    [state] = states(f"redis://watcher:secret@127.0.0.1:{server.port}/0").values()
    assert state.slow is None
    assert state.max_memory == 8 * 1024**2


def test_a_server_that_does_not_answer_is_left_out() -> None:
    assert states(f"redis://127.0.0.1:{free_port()}/0") == {}


@pytest.mark.parametrize(
    ("told", "lag"),
    [
        ({}, None),
        ({"role": "master", "connected_slaves": 0}, None),
        ({"role": "master", "connected_slaves": 2, "slave0": {"lag": 0}, "slave1": {"lag": "3"}}, 3.0),
        ({"role": "master", "connected_slaves": 1, "slave0": "nonsense"}, None),
        ({"role": "slave", "master_last_io_seconds_ago": 7}, 7.0),
    ],
)
def test_the_lag_is_that_of_the_replica_furthest_behind(told: dict[str, object], lag: float | None) -> None:
    assert read_state(told, ()).lag_seconds == lag


def test_nonsense_counts_as_nothing() -> None:
    state = read_state({"used_memory": "much", "maxclients": None, "evicted_keys": "4"}, None)
    assert (state.used_memory, state.max_clients, state.evicted_keys) == (0, 0, 4)
