"""Where answers are kept for all processes: in Redis, or without it in the memory of this one. Both are backends of
Flask-Caching for bytes, with the same behaviour; a test suite holds them against each other."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask_caching.backends.base import BaseCache

from extensions.cache.codec import LONGEST_STORED
from extensions.redis_client import RedisAway, RedisClient

if TYPE_CHECKING:
    from redis import Redis

Life = int | timedelta | None


class BytesCache(BaseCache):
    """Nothing raises: an answer that cannot be had is missing."""

    def get(self, key: str) -> bytes | None:
        raise NotImplementedError

    def set(self, key: str, value: bytes, timeout: Life = None) -> bool:
        raise NotImplementedError

    def add(self, key: str, value: bytes, timeout: Life = None) -> bool:
        """True when the key was free, and whenever that cannot be told: then everybody works for themselves."""
        raise NotImplementedError

    def land(self, key: str, value: bytes, timeout: Life, flight: str) -> bool:
        """Set the value and give the flight's key free, by one round trip."""
        raise NotImplementedError

    def delete(self, key: str) -> bool:
        raise NotImplementedError

    def has(self, key: str) -> bool:
        return self.get(key) is not None

    def _seconds(self, timeout: Life) -> float:
        if isinstance(timeout, timedelta):
            return timeout.total_seconds()
        return self.default_timeout if timeout is None else timeout


class RedisBytes(BytesCache):
    """Values longer than an answer can be are not even read."""

    def __init__(self, client: RedisClient, default_timeout: int = 300) -> None:
        super().__init__(default_timeout)
        self._client = client

    @classmethod
    def factory(cls, app: Flask, config: dict[str, Any], args: list[Any], kwargs: dict[str, Any]) -> "RedisBytes":
        return cls(config["CACHE_CLIENT"], config["CACHE_DEFAULT_TIMEOUT"])

    def get(self, key: str) -> bytes | None:
        try:
            # GETRANGE answers a missing key with an empty string, which no value is.
            found: Any = self._client.call(key, lambda redis: redis.getrange(key, 0, LONGEST_STORED))
        except RedisAway:
            return None
        return bytes(found) or None

    def set(self, key: str, value: bytes, timeout: Life = None) -> bool:
        return self._set(key, value, timeout, only_new=False)

    def add(self, key: str, value: bytes, timeout: Life = None) -> bool:
        return self._set(key, value, timeout, only_new=True)

    def land(self, key: str, value: bytes, timeout: Life, flight: str) -> bool:
        milliseconds = self._milliseconds(timeout)

        def land(redis: "Redis") -> bool:
            steps = redis.pipeline(transaction=False)
            steps.set(key, value, px=milliseconds)
            steps.delete(flight)
            return bool(steps.execute()[0])

        try:
            return self._client.call(key, land)
        except RedisAway:
            return False

    def delete(self, key: str) -> bool:
        try:
            return bool(self._client.call(key, lambda redis: redis.delete(key)))
        except RedisAway:
            return False

    def _set(self, key: str, value: bytes, timeout: Life, *, only_new: bool) -> bool:
        milliseconds = self._milliseconds(timeout)
        try:
            return bool(self._client.call(key, lambda redis: redis.set(key, value, px=milliseconds, nx=only_new)))
        except RedisAway:
            return only_new

    def _milliseconds(self, timeout: Life) -> int:
        return max(1, int(self._seconds(timeout) * 1000))


class MemoryBytes(BytesCache):
    """The twin in the process, for a single one: bounded, the least recently used goes first."""

    def __init__(
        self,
        default_timeout: int = 300,
        most_bytes: int = 16 * 1024 * 1024,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(default_timeout)
        self._most_bytes = most_bytes
        self._clock = clock
        self._values: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    @classmethod
    def factory(cls, app: Flask, config: dict[str, Any], args: list[Any], kwargs: dict[str, Any]) -> "MemoryBytes":
        return cls(config["CACHE_DEFAULT_TIMEOUT"])

    def get(self, key: str) -> bytes | None:
        with self._lock:
            value = self._live(key)
            if value is not None:
                self._values.move_to_end(key)
            # Only what Redis would have read, too.
            return None if value is None else value[: LONGEST_STORED + 1]

    def set(self, key: str, value: bytes, timeout: Life = None) -> bool:
        with self._lock:
            self._put(key, value, timeout)
        return True

    def add(self, key: str, value: bytes, timeout: Life = None) -> bool:
        with self._lock:
            if self._live(key) is not None:
                return False
            self._put(key, value, timeout)
        return True

    def land(self, key: str, value: bytes, timeout: Life, flight: str) -> bool:
        with self._lock:
            self._drop(flight)
            self._put(key, value, timeout)
        return True

    def delete(self, key: str) -> bool:
        with self._lock:
            was_there = self._live(key) is not None
            self._drop(key)
        return was_there

    def clear(self) -> bool:
        with self._lock:
            self._values.clear()
            self._bytes = 0
        return True

    def _live(self, key: str) -> bytes | None:
        ends_at, value = self._values.get(key, (0.0, b""))
        if key in self._values and ends_at <= self._clock():
            self._drop(key)
            return None
        return value or None

    def _put(self, key: str, value: bytes, timeout: Life) -> None:
        self._drop(key)
        self._values[key] = (self._clock() + self._seconds(timeout), value)
        self._bytes += len(key) + len(value)
        while self._bytes > self._most_bytes:
            self._drop(next(iter(self._values)))

    def _drop(self, key: str) -> None:
        _ends_at, value = self._values.pop(key, (0.0, None))
        if value is not None:
            self._bytes -= len(key) + len(value)
