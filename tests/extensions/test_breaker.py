"""A breaker opens at the second failure within ten seconds, and only a probe closes it."""

from extensions import events
from extensions.breaker import Breaker, BreakerState


class Clock:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_one_failure_is_forgiven() -> None:
    breaker = Breaker("cache")
    assert not breaker.failed("timeout")
    assert not breaker.is_open


def test_two_failures_within_ten_seconds_open_it() -> None:
    clock = Clock()
    breaker = Breaker("cache", clock)
    breaker.failed("timeout")
    clock.seconds += 9.9
    assert breaker.failed("connection")
    assert breaker.state() == BreakerState(True, "connection", clock.seconds, 1)
    assert breaker.failures == {"timeout": 1, "connection": 1}


def test_two_failures_far_apart_do_not() -> None:
    clock = Clock()
    breaker = Breaker("cache", clock)
    for _ in range(5):
        breaker.failed("timeout")
        clock.seconds += 10.1
    assert not breaker.is_open


def test_time_does_not_close_it_but_a_probe_does() -> None:
    clock = Clock()
    breaker = Breaker("cache", clock)
    breaker.failed("timeout")
    breaker.failed("timeout")
    clock.seconds += 3600
    assert breaker.is_open
    breaker.close()
    assert not breaker.state().is_open
    # What was before is forgotten: one failure is forgiven again.
    assert not breaker.failed("timeout")


def test_opening_and_closing_are_told_once() -> None:
    told: list[tuple[str, bool, str]] = []

    def note(name: str, *, is_open: bool, reason: str) -> None:
        told.append((name, is_open, reason))

    breaker = Breaker("limits")
    with events.breaker_changed.connected_to(note):
        for _ in range(4):
            breaker.failed("loading")
        breaker.close()
        breaker.close()
    assert told == [("limits", True, "loading"), ("limits", False, "")]
