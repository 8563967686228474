"""Both counters behind one face, each with a way to let time pass without waiting for it."""

import re
import time
from typing import Protocol

from redis import Redis

from extensions.rate_limits.memory import MemoryCounter
from extensions.rate_limits.rules import Count, Limit, Wish
from extensions.rate_limits.shared import RedisCounter
from extensions.redis_client import RedisClient

TIME = re.compile(rb"\d{13}")


class Trial(Protocol):
    """A counter whose time can be moved on; ``now`` is in milliseconds."""

    @property
    def now(self) -> int: ...

    def take(self, limit: Limit, subject: str, wish: Wish) -> Count: ...

    def elapse(self, milliseconds: int) -> None: ...


class InMemory:
    def __init__(self) -> None:
        self.now = 1_000_000
        self._counter = MemoryCounter(clock=lambda: self.now)

    def take(self, limit: Limit, subject: str, wish: Wish) -> Count:
        return self._counter.take(limit, subject, wish)

    def elapse(self, milliseconds: int) -> None:
        self.now += milliseconds


class InRedis:
    """Redis' clock cannot be moved, but what it has stored can be made older, and expire earlier."""

    def __init__(self, client: RedisClient, admin: "Redis") -> None:
        self._counter = RedisCounter(client)
        self._admin = admin
        self._elapsed = 0

    @property
    def now(self) -> int:
        return time.monotonic_ns() // 1_000_000 + self._elapsed

    def take(self, limit: Limit, subject: str, wish: Wish) -> Count:
        return self._counter.take(limit, subject, wish)

    def elapse(self, milliseconds: int) -> None:
        self._elapsed += milliseconds
        for key in self._admin.scan_iter():
            self._make_older(key, milliseconds)

    def _make_older(self, key: bytes, milliseconds: int) -> None:
        left = self._admin.pttl(key) - milliseconds
        if left <= 0:
            self._admin.delete(key)
        else:
            self._admin.set(key, _older(self._admin, key, milliseconds), px=left)


def move_clock(admin: "Redis", milliseconds: int) -> None:
    """As if Redis' clock had stepped by so much, without a key expiring."""
    for key in admin.scan_iter():
        admin.set(key, _older(admin, key, milliseconds), keepttl=True)


def _older(admin: "Redis", key: bytes, milliseconds: int) -> bytes:
    value = admin.get(key)
    assert isinstance(value, bytes)
    return TIME.sub(lambda found: b"%d" % (int(found[0]) - milliseconds), value)
