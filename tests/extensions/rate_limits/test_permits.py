"""Leases: few questions to Redis, never more than the limit, and memory while Redis is away."""

import time

import pytest

from extensions import events
from extensions.rate_limits.holding import Holding
from extensions.rate_limits.permits import PATIENCE_SECONDS, Permits, UnnamedSubject
from extensions.rate_limits.rules import Algorithm, Limit
from extensions.rate_limits.shared import RedisCounter
from extensions.redis_client import RedisClient
from tests.extensions.rate_limits.server import RedisServer, limits_of

API = Limit("api", 100, 60.0, Algorithm.SLIDING_WINDOW)
SEARCH = Limit("search", 100, 60.0, Algorithm.FIXED_WINDOW)
CHAT = Limit("chat", 20, 60.0, Algorithm.TOKEN_BUCKET)
HUGE = Limit("api", 1_000_000, 60.0, Algorithm.SLIDING_WINDOW)


class Clock:
    """A process' own clock, which only the test moves."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def passes(permits: Permits, rule: Limit, times: int, subject: str = "alice") -> int:
    return sum(permits.take(rule, subject).allowed for _ in range(times))


@pytest.mark.parametrize("rule", [API, SEARCH, CHAT])
@pytest.mark.parametrize("shared", [True, False])
def test_exactly_the_limit_passes(client: RedisClient, rule: Limit, shared: bool) -> None:
    permits = Permits(client if shared else None)
    assert passes(permits, rule, 3 * rule.amount) == rule.amount
    assert passes(permits, rule, 5, subject="bob") == 5


def test_a_busy_subject_asks_redis_seldom(client: RedisClient) -> None:
    permits = Permits(client)
    assert passes(permits, HUGE, 5_000) == 5_000
    assert client.calls < 50


def test_leases_help_at_a_hundred_a_minute_too(client: RedisClient) -> None:
    permits = Permits(client)
    passes(permits, API, 50)
    assert client.calls <= 12
    passes(permits, API, 50)
    # Past half each permit is asked for.
    assert client.calls <= 62


def test_a_refused_flood_asks_redis_once_a_second(client: RedisClient) -> None:
    permits = Permits(client)
    passes(permits, API, 100)
    calls = client.calls
    assert passes(permits, API, 1_000) == 0
    assert client.calls <= calls + 2


def test_what_is_left_and_when_is_told_from_a_lease_as_from_redis(client: RedisClient) -> None:
    permits = Permits(client)
    verdicts = [permits.take(API, "alice") for _ in range(101)]
    assert [verdict.remaining for verdict in verdicts] == [*range(99, -1, -1), 0]
    assert all(0 < verdict.reset <= 61 for verdict in verdicts)
    assert [verdict.retry_after > 0 for verdict in verdicts] == [False] * 100 + [True]


def test_two_processes_share_what_is_left(server: RedisServer, client: RedisClient) -> None:
    one, two = Permits(client), Permits(client)
    assert passes(one, API, 40) == 40
    # What the first one has leased and not used is counted until it comes back.
    assert 50 <= passes(two, API, 100) <= 60
    assert passes(one, API, 100) + passes(two, API, 100) <= 10


def test_unused_permits_come_back_with_the_next_question(client: RedisClient) -> None:
    clock = Clock()
    permits = Permits(client, clock)
    for _ in range(3):
        passes(permits, API, 10)
        clock.now += 1.5
    assert permits.take(API, "alice").remaining == 100 - 31
    fresh = Permits(client)
    assert fresh.take(API, "alice").remaining == 100 - 32


def test_what_was_given_back_is_not_counted_by_a_redis_that_forgot(server: RedisServer, client: RedisClient) -> None:
    clock = Clock()
    permits = Permits(client, clock)
    passes(permits, API, 10)
    clock.now += 1.5
    server.admin.flushall()
    assert permits.take(API, "alice").remaining == 100 - 11


def test_answers_that_come_in_another_order_lose_no_permit(client: RedisClient) -> None:
    holding = Holding()
    first, second = holding.wish(CHAT, 10.0), holding.wish(CHAT, 10.1)
    counter = RedisCounter(client)
    counts = [counter.take(CHAT, "alice", wish) for wish in (first, second)]
    for wish, count in reversed(list(zip((first, second), counts, strict=True))):
        holding.learn(CHAT, count, 10.0, shared=True)
        holding.answered(wish)
    known = holding.wish(CHAT, 10.2)
    assert known.seen == 2
    assert 5_500 < known.seen_ms <= 6_000


def test_a_request_that_ends_in_the_middle_lets_nobody_wait(
    client: RedisClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    permits = Permits(client)
    assert permits.take(HUGE, "alice").allowed
    with monkeypatch.context() as broken:
        broken.setattr(RedisCounter, "take", lambda *_: 1 / 0)
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                permits.take(HUGE, "alice")
    began = time.monotonic()
    assert passes(permits, HUGE, 1_000) == 1_000
    assert client.calls < 30, "there are leases again"
    assert time.monotonic() - began < PATIENCE_SECONDS


def test_a_lease_ends_after_a_second(client: RedisClient) -> None:
    clock = Clock()
    permits = Permits(client, clock)
    passes(permits, HUGE, 20)
    clock.now += 0.9
    calls = client.calls
    permits.take(HUGE, "alice")
    assert client.calls == calls
    clock.now += 0.2
    permits.take(HUGE, "alice")
    assert client.calls == calls + 1


def test_a_lease_ends_with_its_window(client: RedisClient) -> None:
    short = Limit("short", 1_000, 0.2, Algorithm.FIXED_WINDOW)
    clock = Clock()
    permits = Permits(client, clock)
    passes(permits, short, 20)
    clock.now += 0.25
    calls = client.calls
    permits.take(short, "alice")
    assert client.calls == calls + 1


def test_who_comes_seldom_leases_nothing(client: RedisClient) -> None:
    clock = Clock()
    permits = Permits(client, clock)
    for _ in range(20):
        permits.take(API, "alice")
        clock.now += 2
    assert Permits(client).take(API, "alice").remaining == 100 - 21


def test_a_token_bucket_is_never_leased(client: RedisClient) -> None:
    permits = Permits(client)
    passes(permits, CHAT, 10)
    assert client.calls == 10


@pytest.mark.parametrize("shared", [True, False])
def test_nobody_cannot_be_limited(client: RedisClient, shared: bool) -> None:
    with pytest.raises(UnnamedSubject):
        Permits(client if shared else None).take(API, "")


def test_memory_is_bounded(client: RedisClient) -> None:
    permits = Permits(client, most=10)
    for number in range(100):
        permits.take(API, f"address:{number}")
    assert len(permits) == 10


def test_each_verdict_is_announced_with_where_it_came_from(server: RedisServer) -> None:
    told: list[tuple[str, bool, str]] = []

    def hear(sender: str, *, allowed: bool, by: str) -> None:
        told.append((sender, allowed, by))

    clients = server.clients()
    permits = Permits(limits_of(clients))
    rule = Limit("few", 40, 60.0, Algorithm.FIXED_WINDOW)
    with events.limit_asked.connected_to(hear):
        passes(permits, rule, 3)
        passes(Permits(None), rule, 1)
    clients.close()
    assert told == [("few", True, "redis"), ("few", True, "redis"), ("few", True, "lease"), ("few", True, "memory")]
