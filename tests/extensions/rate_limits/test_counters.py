"""One contract for the counter in memory and the counter in Redis."""

from collections.abc import Callable

import pytest

from extensions.rate_limits.rules import Algorithm, Count, Limit, Wish
from extensions.redis_client import RedisClient
from tests.extensions.rate_limits.counters import InMemory, InRedis, Trial
from tests.extensions.rate_limits.server import RedisServer

MINUTE = 60_000
WINDOWS = (Algorithm.SLIDING_WINDOW, Algorithm.FIXED_WINDOW)
ONE = Wish()


@pytest.fixture(params=["memory", "redis"])
def counter(request: pytest.FixtureRequest) -> Trial:
    if request.param == "memory":
        return InMemory()
    client: RedisClient = request.getfixturevalue("client")
    server: RedisServer = request.getfixturevalue("server")
    return InRedis(client, server.admin)


def limit(algorithm: Algorithm, amount: int = 10, seconds: float = 60.0) -> Limit:
    return Limit("trial", amount, seconds, algorithm)


def take_all(counter: Trial, rule: Limit) -> int:
    """How many pass until one is refused."""
    passed = 0
    while counter.take(rule, "alice", ONE).granted:
        passed += 1
        assert passed <= rule.amount
    return passed


@pytest.mark.parametrize("algorithm", Algorithm)
def test_exactly_the_limit_passes_and_each_subject_has_its_own(counter: Trial, algorithm: Algorithm) -> None:
    rule = limit(algorithm)
    assert take_all(counter, rule) == rule.amount
    assert counter.take(rule, "alice", ONE).granted == 0
    assert counter.take(rule, "bob", ONE).granted == 1


@pytest.mark.parametrize("algorithm", Algorithm)
def test_each_answer_tells_what_is_left_and_for_how_long(counter: Trial, algorithm: Algorithm) -> None:
    rule = limit(algorithm, amount=3, seconds=30)
    counts = [counter.take(rule, "alice", ONE) for _ in range(4)]
    assert [count.used for count in counts] == [1, 2, 3, 3]
    assert [count.retry_ms == 0 for count in counts] == [True, True, True, False]
    assert all(0 < count.reset_ms <= rule.life_ms for count in counts)
    assert 0 < counts[3].retry_ms <= counts[3].reset_ms


@pytest.mark.parametrize("algorithm", Algorithm)
def test_who_waits_as_long_as_told_may_come_again(counter: Trial, algorithm: Algorithm) -> None:
    rule = limit(algorithm)
    take_all(counter, rule)
    refused = counter.take(rule, "alice", ONE)
    counter.elapse(refused.retry_ms + 5)
    assert counter.take(rule, "alice", ONE).granted == 1


@pytest.mark.parametrize("algorithm", Algorithm)
def test_all_are_there_again_at_the_reset(counter: Trial, algorithm: Algorithm) -> None:
    rule = limit(algorithm)
    take_all(counter, rule)
    counter.elapse(counter.take(rule, "alice", ONE).reset_ms + 5)
    assert take_all(counter, rule) == rule.amount


def test_no_window_of_a_sliding_limit_lets_more_pass_wherever_it_begins(counter: Trial) -> None:
    """Asked all the time, and oftener than the buckets are wide: at no time more than ten within a minute."""
    rule = limit(Algorithm.SLIDING_WINDOW)
    passed: list[int] = []
    end = counter.now + 3 * MINUTE + 10_000
    while (now := counter.now) < end:
        passed += [now for _ in range(3) if counter.take(rule, "alice", ONE).granted]
        counter.elapse(300)
    # A call to Redis takes some time, and the moment at which it counted is not known.
    uncertain = 400
    busiest = max(sum(1 for time in passed if begin <= time < begin + MINUTE - uncertain) for begin in passed)
    assert busiest == rule.amount
    assert len(passed) >= 3 * rule.amount


def test_a_sliding_window_gives_back_what_is_old_enough_bit_by_bit(counter: Trial) -> None:
    rule = limit(Algorithm.SLIDING_WINDOW, amount=2)
    counter.take(rule, "alice", ONE)
    counter.elapse(MINUTE // 2)
    counter.take(rule, "alice", ONE)
    counter.elapse(MINUTE // 2 + 1_100)
    assert [counter.take(rule, "alice", ONE).granted for _ in range(2)] == [1, 0]


def test_a_fixed_window_begins_with_its_first_permit(counter: Trial) -> None:
    rule = limit(Algorithm.FIXED_WINDOW, amount=2)
    counter.take(rule, "alice", ONE)
    counter.elapse(MINUTE - 500)
    assert [counter.take(rule, "alice", ONE).granted for _ in range(2)] == [1, 0]
    counter.elapse(600)
    assert take_all(counter, rule) == 2


def test_a_token_bucket_fills_evenly(counter: Trial) -> None:
    rule = limit(Algorithm.TOKEN_BUCKET, amount=20)
    take_all(counter, rule)
    refused = counter.take(rule, "alice", ONE)
    assert 0 < refused.retry_ms <= 3_000
    counter.elapse(3_000 * 4 + 100)
    assert take_all(counter, rule) == 4
    counter.elapse(100 * MINUTE)
    assert take_all(counter, rule) == 20


@pytest.mark.parametrize("algorithm", WINDOWS)
@pytest.mark.parametrize(("used", "granted"), [(0, 8), (45, 5), (49, 1), (50, 1), (99, 1), (100, 0)])
def test_several_at_once_only_as_far_as_half(counter: Trial, algorithm: Algorithm, used: int, granted: int) -> None:
    rule = limit(algorithm, amount=100)
    for _ in range(used):
        counter.take(rule, "alice", ONE)
    count = counter.take(rule, "alice", Wish(permits=8))
    assert (count.granted, count.used) == (granted, used + granted)
    assert count.lease_ms <= rule.width_ms


@pytest.mark.parametrize("algorithm", WINDOWS)
def test_what_is_given_back_can_be_taken_again(counter: Trial, algorithm: Algorithm) -> None:
    rule = limit(algorithm, amount=100)
    lease = counter.take(rule, "alice", Wish(permits=10))
    after = counter.take(rule, "alice", Wish(back=7, back_to=lease.bucket))
    assert after.used == 10 - 7 + 1


@pytest.mark.parametrize("algorithm", WINDOWS)
@pytest.mark.parametrize("change", [lambda lease: Wish(back=10_000, back_to=lease.bucket), lambda _: Wish(back=5)])
def test_nobody_gives_back_more_than_was_taken_or_to_another_window(
    counter: Trial, algorithm: Algorithm, change: Callable[[Count], Wish]
) -> None:
    rule = limit(algorithm, amount=100)
    lease = counter.take(rule, "alice", Wish(permits=10))
    assert counter.take(rule, "alice", change(lease)).used in {1, 11}
    assert take_all(counter, rule) >= 89


@pytest.mark.parametrize("algorithm", Algorithm)
def test_a_lost_counter_begins_with_what_the_process_knows(counter: Trial, algorithm: Algorithm) -> None:
    rule = limit(algorithm, amount=10)
    count = counter.take(rule, "alice", Wish(seen=8, seen_ms=48_000))
    assert (count.granted, count.used) == (1, 9)
    assert take_all(counter, rule) == 1
    counter.elapse(rule.life_ms + 5)
    assert take_all(counter, rule) == 10


@pytest.mark.parametrize("algorithm", Algorithm)
@pytest.mark.parametrize("wish", [Wish(seen=10_000, seen_ms=10**9), Wish(seen=5, seen_ms=0)])
def test_what_a_process_knows_is_at_most_the_limit_and_never_outlives_the_window(
    counter: Trial, algorithm: Algorithm, wish: Wish
) -> None:
    rule = limit(algorithm, amount=10)
    assert counter.take(rule, "alice", wish).used == (10 if wish.seen_ms else 1)
    counter.elapse(rule.life_ms + 5)
    assert take_all(counter, rule) == 10


@pytest.mark.parametrize("algorithm", Algorithm)
def test_a_limit_that_was_lowered_holds_at_once(counter: Trial, algorithm: Algorithm) -> None:
    take_all(counter, limit(algorithm, amount=50))
    lower = limit(algorithm, amount=5)
    refused = counter.take(lower, "alice", ONE)
    assert refused.granted == 0
    counter.elapse(lower.life_ms + 5)
    assert take_all(counter, lower) == 5
