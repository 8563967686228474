"""Who may pass: asks Redis as seldom as possible, and this process' own memory while Redis is away."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from extensions import events
from extensions.rate_limits.holding import Holding
from extensions.rate_limits.memory import MemoryCounter
from extensions.rate_limits.rules import Count, Limit, Verdict, Wish
from extensions.rate_limits.shared import RedisCounter
from extensions.redis_client import RedisAway, RedisClient

MOST_HOLDINGS = 20_000
ONE = Wish()
# For a lease that another request of this process asks for. That one has its deadlines; this is for a processor that
# many want.
PATIENCE_SECONDS = 0.5
MOST_WAITS = 3


class UnnamedSubject(ValueError):
    """Nobody in particular was to be limited, which would switch the limit off."""


class Permits:
    """Never raises for want of Redis. Without a client all is counted in this process."""

    def __init__(
        self, client: RedisClient | None, clock: Callable[[], float] = time.monotonic, most: int = MOST_HOLDINGS
    ) -> None:
        self._clock = clock
        self._most = most
        self._memory = MemoryCounter()
        self._shared = None if client is None else RedisCounter(client)
        self._lock = threading.Lock()
        self._holdings: OrderedDict[tuple[str, str], Holding] = OrderedDict()

    def __len__(self) -> int:
        """Of how many subjects something is held."""
        return len(self._holdings)

    def take(self, limit: Limit, subject: str) -> Verdict:
        """Count one request of this subject; raises UnnamedSubject for an empty one."""
        if not subject:
            raise UnnamedSubject(f"the limit {limit.name} was asked for nobody")
        if self._shared is None:
            verdict, by = self._alone(limit, subject), "memory"
        else:
            verdict, by = self._with_others(self._shared, limit, subject)
        events.limit_asked.send(limit.name, allowed=verdict.allowed, by=by)
        return verdict

    def _alone(self, limit: Limit, subject: str) -> Verdict:
        count = self._memory.take(limit, subject, ONE)
        left = max(0, limit.amount - count.used)
        return Verdict(limit, count.granted > 0, left, count.reset_ms / 1000, count.retry_ms / 1000)

    def _with_others(self, shared: RedisCounter, limit: Limit, subject: str) -> tuple[Verdict, str]:
        for _ in range(MOST_WAITS):
            now = self._clock()
            with self._lock:
                holding = self._holdings.get((limit.name, subject)) or self._new_holding(limit, subject)
                verdict = holding.spend(limit, now)
                coming = holding.on_its_way
            if verdict is not None:
                return verdict, "lease"
            if coming is None or not coming.wait(PATIENCE_SECONDS):
                break
        with self._lock:
            # It may have been pushed out while this request waited.
            self._holdings[limit.name, subject] = holding
            self._holdings.move_to_end((limit.name, subject))
            wish = holding.wish(limit, now)
        try:
            count, by = self._answer(shared, limit, subject, wish)
            with self._lock:
                return holding.learn(limit, count, now, shared=by == "redis"), by
        finally:
            # Also when this request ends in the middle: who waits for its lease would wait again and again.
            with self._lock:
                holding.answered(wish)

    def _answer(self, shared: RedisCounter, limit: Limit, subject: str, wish: Wish) -> tuple[Count, str]:
        try:
            return shared.take(limit, subject, wish), "redis"
        except RedisAway:
            return self._memory.take(limit, subject, wish._replace(permits=1)), "memory"

    def _new_holding(self, limit: Limit, subject: str) -> Holding:
        holding = self._holdings[limit.name, subject] = Holding()
        if len(self._holdings) > self._most:
            self._holdings.popitem(last=False)
        return holding
