"""What only the counter in Redis can meet: poisoned keys, clocks that step, servers that forget."""

import pytest

from extensions import events, keys
from extensions.rate_limits.rules import Algorithm, Limit, Wish
from extensions.rate_limits.shared import RedisCounter
from extensions.redis_client import RedisClient
from tests.extensions.rate_limits.counters import move_clock
from tests.extensions.rate_limits.server import RedisServer

ONE = Wish()
HOUR = 3_600_000


def rule_of(algorithm: Algorithm) -> Limit:
    return Limit("trial", 10, 60.0, algorithm)


KEY = keys.limit("trial", "alice")
POISON: tuple[bytes, ...] = (
    b"",
    b"\xff\x00\xfe",
    b"17",
    b"w",
    b"w-5 -7=-9",
    b"w1e300 5=5",
    b"w9" + b"9" * 400,
    b"w99999999999999 99999999999999=99999999999999",
    b"w100 200=5",
    b"b-1 -1",
    b"b99999999999999 999999999999999999999",
    b"b1 " + b"9" * 400,
    b"w1" + b" 1=1" * 5_000,
)


@pytest.mark.parametrize("algorithm", Algorithm)
@pytest.mark.parametrize("poison", POISON)
def test_a_poisoned_counter_never_fails_and_is_over_after_a_window(
    server: RedisServer, client: RedisClient, algorithm: Algorithm, poison: bytes
) -> None:
    rule, counter = rule_of(algorithm), RedisCounter(client)
    server.admin.set(KEY, poison)
    passed = 0
    while counter.take(rule, "alice", ONE).granted and passed <= rule.amount:
        passed += 1
    assert passed <= rule.amount
    assert 0 < server.admin.pttl(KEY) <= rule.life_ms


def test_a_poisoned_number_is_at_most_the_limit(server: RedisServer, client: RedisClient) -> None:
    second, micro = server.admin.time()
    now = second * 1000 + micro // 1000
    server.admin.set(KEY, f"w{now} {now}={10**300}")
    count = RedisCounter(client).take(rule_of(Algorithm.SLIDING_WINDOW), "alice", ONE)
    assert (count.granted, count.used) == (0, 10)


@pytest.mark.parametrize("algorithm", Algorithm)
@pytest.mark.parametrize("kind", ["list", "hash", "set", "zset", "stream", "other limit"])
def test_another_kind_of_value_is_replaced_and_counted(
    server: RedisServer, client: RedisClient, algorithm: Algorithm, kind: str
) -> None:
    other = b"b1 1" if algorithm is not Algorithm.TOKEN_BUCKET else b"w1 1=1"
    commands = {
        "list": ("RPUSH", KEY, "x"),
        "hash": ("HSET", KEY, "x", "y"),
        "set": ("SADD", KEY, "x"),
        "zset": ("ZADD", KEY, 1, "x"),
        "stream": ("XADD", KEY, "*", "x", "y"),
        "other limit": ("SET", KEY, other),
    }
    server.admin.execute_command(*commands[kind])
    repaired: list[str] = []

    def count(sender: str) -> None:
        repaired.append(sender)

    with events.limit_repaired.connected_to(count):
        counts = [RedisCounter(client).take(rule_of(algorithm), "alice", Wish(seen=3, seen_ms=18_000)) for _ in "12"]
    assert [count.granted for count in counts] == [1, 1]
    assert counts[0].used == 4
    assert repaired == ["trial"]


@pytest.mark.parametrize("algorithm", Algorithm)
@pytest.mark.parametrize("step", [-HOUR, -30_000, 40_000, HOUR])
def test_a_clock_that_steps_neither_fills_nor_locks(
    server: RedisServer, client: RedisClient, algorithm: Algorithm, step: int
) -> None:
    rule, counter = rule_of(algorithm), RedisCounter(client)
    for _ in range(8):
        counter.take(rule, "alice", ONE)
    move_clock(server.admin, step)
    counts = [counter.take(rule, "alice", Wish(since_ms=10)) for _ in range(4)]
    assert [count.granted for count in counts] == [1, 1, 0, 0]
    assert 0 < counts[-1].retry_ms <= counts[-1].reset_ms <= rule.life_ms
    assert 0 < server.admin.pttl(KEY) <= rule.life_ms


@pytest.mark.parametrize("algorithm", Algorithm)
def test_a_step_forward_that_lets_the_counter_expire_is_made_good(client: RedisClient, algorithm: Algorithm) -> None:
    count = RedisCounter(client).take(rule_of(algorithm), "alice", Wish(seen=10, seen_ms=60_000, since_ms=10))
    assert count.granted == 0


def test_a_server_that_forgot_the_scripts_learns_them_again(server: RedisServer, client: RedisClient) -> None:
    rule, counter = rule_of(Algorithm.FIXED_WINDOW), RedisCounter(client)
    counter.take(rule, "alice", ONE)
    server.admin.script_flush()
    assert counter.take(rule, "alice", ONE).used == 2
    calls = client.calls
    counter.take(rule, "alice", ONE)
    assert client.calls == calls + 1


def test_a_switch_of_the_algorithm_counts_on_or_begins_anew(client: RedisClient) -> None:
    counter = RedisCounter(client)
    used = [counter.take(rule_of(algorithm), "alice", ONE).used for algorithm in (*Algorithm, *reversed(Algorithm))]
    assert used == [1, 2, 1, 2, 1, 2]


def test_every_key_expires_and_belongs_to_its_subject(server: RedisServer, client: RedisClient) -> None:
    counter = RedisCounter(client)
    for algorithm in Algorithm:
        counter.take(Limit(algorithm.name.lower(), 5, 60.0, algorithm), "user:7", ONE)
    found = {key.decode(): server.admin.ttl(key) for key in server.admin.scan_iter()}
    assert set(found) == {f"tk:rl:{algorithm.name.lower()}:{{user:7}}" for algorithm in Algorithm}
    assert all(0 < left <= 61 for left in found.values())
