"""Counts what the extensions announce and what requests took."""

import time

from blinker import Signal
from flask import Flask, Response, g, request

from extensions import events
from trackeep.core.measures.tally import Tally

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NOWHERE = "none"


class Listener:
    """Receives the signals as long as somebody holds it."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        receivers: tuple[tuple[Signal, object], ...] = (
            (events.redis_called, self._redis_called),
            (events.breaker_changed, self._breaker_changed),
            (events.cache_asked, self._cache_asked),
            (events.cache_failed, self._cache_failed),
            (events.session_asked, self._session_asked),
            (events.limit_asked, self._limit_asked),
            (events.versions_read, self._versions_read),
        )
        for signal, receiver in receivers:
            signal.connect(receiver)  # type: ignore[type-var]  # bound methods of different signatures

    def init_app(self, app: Flask) -> None:
        app.after_request(self._answered)

    def _answered(self, response: Response) -> Response:
        """The endpoint stands for the address, which holds ids and secrets; nothing that was made up gets a label."""
        endpoint = request.endpoint or NOWHERE
        method = request.method if request.method in METHODS else "other"
        self._tally.add("requests", (method, endpoint, f"{response.status_code // 100}xx"))
        started = g.get("started")
        if started is not None:
            self._tally.time("request_seconds", (endpoint.partition(".")[0],), time.perf_counter() - started)
        return response

    def _redis_called(self, use: str, *, seconds: float, error: str) -> None:
        self._tally.time("redis_seconds", (use,), seconds)
        if error:
            self._tally.add("redis_errors", (use, error))

    def _breaker_changed(self, use: str, *, is_open: bool, reason: str) -> None:
        if is_open:
            self._tally.add("redis_breaker_openings", (use,))

    def _cache_asked(self, resource: str, *, outcome: str, seconds: float, size: int) -> None:
        self._tally.add("cache_answers", (resource, outcome))
        if size:
            self._tally.add("cache_bytes", (resource,), size)
        if outcome == "miss":
            self._tally.time("cache_compute_seconds", (resource,), seconds)

    def _cache_failed(self, resource: str, *, reason: str) -> None:
        self._tally.add("cache_failures", (resource, reason))

    def _session_asked(self, kind: str, *, outcome: str) -> None:
        self._tally.add("session_lookups", (kind, outcome))

    def _limit_asked(self, limit: str, *, allowed: bool, by: str) -> None:
        self._tally.add("limit_permits", (limit, by, "allowed" if allowed else "refused"))

    def _versions_read(self, _sender: str, *, near: int, redis: int, sql: int) -> None:
        for source, number in (("near", near), ("redis", redis), ("sql", sql)):
            if number:
                self._tally.add("versions_read", (source,), number)
