"""The counter in the memory of this process: exact over its threads, and bounded."""

import threading
import time
from collections import OrderedDict
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

    __slots__ = ("buckets",)

    def __init__(self) -> None:
        self.buckets: list[list[int]] = []

    def take(self, limit: Limit, now: int, wish: Wish) -> Count:
        used = self._used(limit, now, wish)
        granted = limit.granted(used, wish.permits)
        if granted:
            if not self.buckets or self.buckets[-1][0] + limit.width_ms <= now:
                self.buckets.append([now, 0])
            self.buckets[-1][1] += granted
        newest = self.buckets[-1][0]
        return Count(
            granted=granted,
            used=used + granted,
            reset_ms=newest + limit.life_ms - now,
            retry_ms=0 if granted else self.buckets[0][0] + limit.life_ms - now,
            bucket=newest,
            lease_ms=max(0, newest + limit.width_ms - now),
        )

    def _used(self, limit: Limit, now: int, wish: Wish) -> int:
        """How many count now, after what is given back; at least as many as the process knows of."""
        for bucket in self.buckets:
            if bucket[0] == wish.back_to:
                bucket[1] -= min(wish.back, bucket[1])
        self.buckets = [bucket for bucket in self.buckets if bucket[1] and bucket[0] + limit.life_ms > now]
        used = sum(count for _begin, count in self.buckets)
        missing = min(wish.seen, limit.amount) - used
        if missing > 0 and wish.seen_ms > 0:
            self.buckets.append([now - limit.life_ms + min(wish.seen_ms, limit.life_ms), missing])
            self.buckets.sort()
            used += missing
        return used


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
