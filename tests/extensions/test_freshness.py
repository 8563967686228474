"""Versions are trusted for 400 ms in a process and copied for 500 ms; what a process wrote itself it knows at once."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import cast

from extensions import keys
from extensions.freshness import COPY_MS, RENEW_SECONDS, TRUST_SECONDS, Freshness
from extensions.redis_client import RedisClient
from tests.extensions.conftest import MakeClient
from tests.extensions.fake_redis import FakeClient, FakeServer
from tests.servers import RedisServer


class Truth:
    """The table of versions, and how often it was asked."""

    def __init__(self, **numbers: int) -> None:
        self.numbers = numbers
        self.asked: list[list[str]] = []

    def __call__(self, scopes: Sequence[str]) -> dict[str, int]:
        self.asked.append(list(scopes))
        return {scope: self.numbers[scope] for scope in scopes if scope in self.numbers}


class Clock:
    def __init__(self) -> None:
        self.seconds = 50.0

    def __call__(self) -> float:
        return self.seconds


def test_a_version_is_trusted_for_a_moment() -> None:
    truth, clock = Truth(a=3), Clock()
    freshness = Freshness(truth, None, clock)
    assert freshness.versions(["a", "b"]) == [3, 0]
    truth.numbers["a"] = 4
    clock.seconds += RENEW_SECONDS - 0.01
    assert freshness.versions(["a"]) == [3]
    clock.seconds += 0.02
    assert freshness.versions(["a"]) == [4]
    clock.seconds += TRUST_SECONDS + 0.01
    truth.numbers["a"] = 5
    assert freshness.versions(["a"]) == [5]
    assert truth.asked == [["a", "b"], ["a"], ["a"]]


def test_one_request_asks_ahead_of_time_while_the_others_go_on_trusting() -> None:
    clock, meanwhile = Clock(), []

    def read(scopes: Sequence[str]) -> dict[str, int]:
        if clock.seconds > 50:
            meanwhile.append(freshness.versions(["a"]))
        return dict.fromkeys(scopes, 7)

    freshness = Freshness(read, None, clock)
    freshness.versions(["a"])
    clock.seconds += RENEW_SECONDS + 0.01
    freshness.versions(["a"])
    assert meanwhile == [[7]]
    assert freshness.versions(["a"]) == [7]
    assert len(meanwhile) == 1


def test_who_misses_a_version_waits_for_whoever_asks_for_it() -> None:
    asked, let_go = [], threading.Event()

    def read(scopes: Sequence[str]) -> dict[str, int]:
        asked.append(scopes)
        let_go.wait(5)
        return dict.fromkeys(scopes, 2)

    freshness = Freshness(read, None)
    with ThreadPoolExecutor(20) as pool:
        answers = [pool.submit(freshness.versions, ["a", "b"]) for _ in range(20)]
        threading.Timer(0.2, let_go.set).start()
        assert [answer.result() for answer in answers] == [[2, 2]] * 20
    assert len(asked) == 1


def test_trust_begins_before_the_question(client: RedisClient) -> None:
    clock = Clock()

    def slow(scopes: Sequence[str]) -> dict[str, int]:
        clock.seconds += 0.3
        return dict.fromkeys(scopes, 1)

    freshness = Freshness(slow, None, clock)
    freshness.versions(["a"])
    clock.seconds += 0.2
    truth = freshness._read = Truth(a=2)
    assert freshness.versions(["a"]) == [2]
    assert truth.asked == [["a"]]


def test_what_a_process_has_written_it_knows_at_once() -> None:
    truth = Truth(a=3)
    freshness = Freshness(truth, None)
    freshness.versions(["a"])
    truth.numbers["a"] = 4
    freshness.learned({"a": 4})
    assert freshness.versions(["a"]) == [4]


def test_an_answer_that_was_under_way_cannot_take_it_back() -> None:
    freshness = Freshness(lambda _scopes: {}, None)

    def overtaken(_scopes: Sequence[str]) -> dict[str, int]:
        # Somebody of this process commits while the row from before is on its way here.
        freshness.learned({"a": 8})
        return {"a": 7}

    freshness._read = overtaken
    assert freshness.versions(["a"]) == [8]


def test_sql_is_believed_when_it_was_set_back() -> None:
    """Another primary took over that lacked the newest writes, or Redis told of another database."""
    truth, clock = Truth(a=3), Clock()
    freshness = Freshness(truth, None, clock)
    freshness.learned({"a": 8})
    clock.seconds += 1
    assert freshness.versions(["a"]) == [3]
    truth.numbers["a"] = 4
    clock.seconds += 1
    assert freshness.versions(["a"]) == [4]


def test_exact_asks_sql_whatever_is_trusted(client: RedisClient) -> None:
    truth = Truth(a=1)
    freshness = Freshness(truth, client)
    freshness.versions(["a"])
    truth.numbers["a"] = 2
    assert freshness.versions(["a"]) == [1]
    assert freshness.versions(["a"], exact=True) == [2]


def test_other_processes_take_the_copy(make_client: MakeClient) -> None:
    truth = Truth(a=5, b=6)
    Freshness(truth, make_client()).versions(["a", "b"])
    assert Freshness(truth, make_client()).versions(["b", "a"]) == [6, 5]
    assert len(truth.asked) == 1


def test_a_copy_ends_by_the_clock_of_redis(server: RedisServer, client: RedisClient) -> None:
    Freshness(Truth(a=5), client).versions(["a"])
    life = server.ask("PTTL", keys.version("a"))
    assert 0 < life <= COPY_MS


def test_a_copy_of_a_read_that_took_long_is_not_kept(server: RedisServer, client: RedisClient) -> None:
    def slow(scopes: Sequence[str]) -> dict[str, int]:
        threading.Event().wait(COPY_MS / 1000 + 0.1)
        return dict.fromkeys(scopes, 1)

    assert Freshness(slow, client).versions(["a"]) == [1]
    assert server.ask("EXISTS", keys.version("a")) == 0


def test_a_copy_that_is_behind_is_not_believed(server: RedisServer, client: RedisClient) -> None:
    truth, clock = Truth(a=9), Clock()
    freshness = Freshness(truth, client, clock)
    freshness.learned({"a": 8})
    clock.seconds += 1
    server.ask("SET", keys.version("a"), f"7 {moment_of(server)}")
    assert freshness.versions(["a"]) == [9]
    assert server.ask("GET", keys.version("a")).startswith("9 ")


def test_a_copy_that_is_no_number_is_a_missing_one(server: RedisServer, client: RedisClient) -> None:
    now = moment_of(server)
    for poison in ("", "-1", "x", "9", f"-1 {now}", f"x {now}", f"{'9' * 40} {now}", f"١ {now}", f"9 {now} 1"):
        server.ask("SET", keys.version("a"), poison)
        assert Freshness(Truth(a=2), client).versions(["a"]) == [2]
    server.ask("DEL", keys.version("a"))
    server.ask("LPUSH", keys.version("a"), "1")
    assert Freshness(Truth(a=2), client).versions(["a"]) == [2]


def moment_of(server: RedisServer) -> int:
    seconds, microseconds = server.ask("TIME")
    return int(seconds) * 1000 + int(microseconds) // 1000


def test_a_copy_is_not_believed_after_its_clock_has_stepped_back() -> None:
    """By hand, or because the replica that took over is behind."""
    now = [1_000.0]
    client = cast(RedisClient, FakeClient(FakeServer(lambda: now[0])))
    Freshness(Truth(a=1), client).versions(["a"])
    assert Freshness(Truth(a=2), client).versions(["a"]) == [1]
    now[0] -= 60
    assert Freshness(Truth(a=2), client).versions(["a"]) == [2]
    assert Freshness(Truth(a=3), client).versions(["a"]) == [2], "there is a new copy"


def test_without_redis_sql_answers(server: RedisServer, client: RedisClient) -> None:
    server.kill()
    freshness = Freshness(Truth(a=2), client)
    assert freshness.versions(["a"]) == [2]
    assert not client.breaker.is_open
    Freshness(Truth(a=2), client).versions(["a"])
    assert client.breaker.is_open
