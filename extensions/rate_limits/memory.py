"""The counter in the memory of this process: exact over its threads, and bounded."""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Protocol

from extensions.rate_limits.rules import Algorithm, Count, Limit, Wish

MOST_SUBJECTS = 50_000


def _milliseconds() -> int:
    return time.monotonic_ns() // 1_000_000


class _State(Protocol):
    def take(self, limit: Limit, now: int, wish: Wish) -> Count: ...


class MemoryCounter:
    """Forgets who has not asked for the longest time when there are too many subjects."""

    def __init__(self, clock: Callable[[], int] = _milliseconds, most: int = MOST_SUBJECTS) -> None:
        self._clock = clock
        self._most = most
        self._lock = threading.Lock()
        self._states: OrderedDict[tuple[str, str], _State] = OrderedDict()

    def __len__(self) -> int:
        return len(self._states)

    def take(self, limit: Limit, subject: str, wish: Wish) -> Count:
        key = (limit.name, subject)
        with self._lock:
            state = self._states.get(key)
            if state is None:
                state = _Debt() if limit.algorithm is Algorithm.TOKEN_BUCKET else _Window()
                self._states[key] = state
                if len(self._states) > self._most:
                    self._states.popitem(last=False)
            else:
                self._states.move_to_end(key)
            return state.take(limit, self._clock(), wish)


class _Window:
    """Used permits in buckets of time, the oldest first: pairs of begin and number."""

    __slots__ = ("buckets", "used")

    def __init__(self) -> None:
        self.buckets: deque[list[int]] = deque()
        self.used = 0

    def take(self, limit: Limit, now: int, wish: Wish) -> Count:
        buckets, life, width = self.buckets, limit.life_ms, limit.width_ms
        if wish.back:
            self._give_back(wish)
        while buckets and buckets[0][0] + life <= now:
            self.used -= buckets.popleft()[1]
        if wish.seen > self.used and wish.seen_ms > 0:
            self._believe(limit, now, wish)
        granted = limit.granted(self.used, wish.permits)
        if granted:
            if not buckets or buckets[-1][0] + width <= now:
                buckets.append([now, 0])
            buckets[-1][1] += granted
            self.used += granted
        newest = buckets[-1][0]
        reset, retry = newest + life - now, 0 if granted else buckets[0][0] + life - now
        return Count(granted, self.used, reset, retry, newest, max(0, newest + width - now))

    def _give_back(self, wish: Wish) -> None:
        for bucket in self.buckets:
            if bucket[0] == wish.back_to:
                back = min(wish.back, bucket[1])
                bucket[1] -= back
                self.used -= back
                if not bucket[1]:
                    self.buckets.remove(bucket)
                return

    def _believe(self, limit: Limit, now: int, wish: Wish) -> None:
        """The process knows of more."""
        missing = min(wish.seen, limit.amount) - self.used
        if missing > 0:
            known = [now - limit.life_ms + min(wish.seen_ms, limit.life_ms), missing]
            in_order = sorted([*self.buckets, known])
            self.buckets.clear()
            self.buckets.extend(in_order)
            self.used += missing


class _Debt:
    """A token bucket by what is missing in it: a permit costs the period, and each millisecond pays the amount."""

    __slots__ = ("at", "owed")

    def __init__(self) -> None:
        self.at = 0
        self.owed = 0

    def take(self, limit: Limit, now: int, wish: Wish) -> Count:
        price, full = limit.period_ms, limit.period_ms * limit.amount
        owed = max(0, min(self.owed, full) - (now - self.at) * limit.amount, min(wish.seen_ms * limit.amount, full))
        granted = 1 if owed + price <= full else 0
        owed += granted * price
        self.at, self.owed = now, owed
        return Count(
            granted=granted,
            used=-(-owed // price),
            reset_ms=-(-owed // limit.amount),
            retry_ms=0 if granted else -(-(owed + price - full) // limit.amount),
            bucket=0,
            lease_ms=0,
        )
