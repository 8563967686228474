"""A circuit breaker: after repeated failures nobody asks any more, until a probe from the background has succeeded."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from extensions import events

FAILURES_TO_OPEN = 2
WITHIN_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class BreakerState:
    """How a breaker is doing; ``since`` is on the monotonic clock."""

    is_open: bool
    reason: str
    since: float
    opened: int


class Breaker:
    """Opens at the second failure within 10 s. It never closes by itself: a user's request is no probe."""

    def __init__(self, name: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.name = name
        self.failures: Counter[str] = Counter()
        self._clock = clock
        self._lock = threading.Lock()
        self._last_failure = float("-inf")
        self._recent = 0
        self._is_open = False
        self._reason = ""
        self._since = clock()
        self._opened = 0

    @property
    def is_open(self) -> bool:
        return self._is_open

    def failed(self, reason: str) -> bool:
        """Count a failure; True when it is the one that opens the breaker."""
        now = self._clock()
        with self._lock:
            self.failures[reason] += 1
            self._reason = reason
            self._recent = self._recent + 1 if now - self._last_failure <= WITHIN_SECONDS else 1
            self._last_failure = now
            opens = not self._is_open and self._recent >= FAILURES_TO_OPEN
            if opens:
                self._is_open, self._since = True, now
                self._opened += 1
        if opens:
            events.breaker_changed.send(self.name, is_open=True, reason=reason)
        return opens

    def open(self, reason: str) -> None:
        """It is known already, from the start, that nothing answers."""
        now = self._clock()
        with self._lock:
            self.failures[reason] += 1
            self._reason = reason
            opens = not self._is_open
            if opens:
                self._is_open, self._since = True, now
                self._opened += 1
        if opens:
            events.breaker_changed.send(self.name, is_open=True, reason=reason)

    def close(self) -> None:
        """The probe was answered."""
        with self._lock:
            if not self._is_open:
                return
            self._is_open, self._since = False, self._clock()
            self._recent, self._last_failure = 0, float("-inf")
        events.breaker_changed.send(self.name, is_open=False, reason="")

    def state(self) -> BreakerState:
        with self._lock:
            return BreakerState(self._is_open, self._reason, self._since, self._opened)
