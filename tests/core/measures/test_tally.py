"""Counting in a process: nothing is lost among threads, and what was taken is not taken twice."""

from concurrent.futures import ThreadPoolExecutor

from trackeep.core.measures.tally import BOUNDS, Tally


def test_nothing_is_lost_among_threads() -> None:
    tally = Tally()

    def count(_number: int) -> None:
        for _ in range(2_000):
            tally.add("cache_answers", ("profile", "hit"))
            tally.time("redis_seconds", ("cache",), 0.0002)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(count, range(8)))
    counted = tally.take()
    assert counted.amounts == {("cache_answers", ("profile", "hit")): 16_000.0}
    assert sum(counted.durations["redis_seconds", ("cache",)].counts) == 16_000


def test_what_was_taken_is_not_taken_twice() -> None:
    tally = Tally()
    tally.add("requests", ("GET", "home.index", "2xx"))
    tally.take()
    assert tally.take().amounts == {}


def test_durations_fall_into_the_class_that_they_end() -> None:
    tally = Tally()
    for seconds in (BOUNDS[0], BOUNDS[0] * 1.01, 99.0):
        tally.time("redis_seconds", ("cache",), seconds)
    durations = tally.take().durations["redis_seconds", ("cache",)]
    assert (durations.counts[0], durations.counts[1], durations.counts[-1]) == (1, 1, 1)
    assert round(durations.seconds, 2) == 99.0
