"""Answers of queries, kept under the versions of the scopes that they depend on: a write makes every older answer
unreachable, and nothing is ever deleted. The front is Flask-Caching; levels, single flight and serializer are ours."""

import hashlib
import math
import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Generic, TypeVar

import msgspec
from flask import Flask
from flask_caching import Cache

from extensions import events, keys
from extensions.cache.backends import BytesCache, MemoryBytes, RedisBytes
from extensions.cache.codec import Codec, Kept, Unusable, weight_of
from extensions.cache.near import NearAnswers
from extensions.flights import Flights
from extensions.freshness import Freshness
from extensions.redis_client import RedisClient

Value = TypeVar("Value")
JITTER = 0.1
# Of the time before the end in which somebody refreshes early: Vattani, Chierichetti, Lowenstein, "Optimal
# Probabilistic Cache Stampede Prevention", VLDB 2015.
BETA = 1.0
FLIGHT = timedelta(seconds=5)
WAIT_SECONDS = 5.0
POLL_SECONDS = 0.01
POLLS = 200
# So many times as long as the resource took lately others are waited for, and at least so many polls.
PATIENCE = 4.0
FEWEST_POLLS = 10
LONGEST_SCOPES = 200


@dataclass(frozen=True)
class Resource(Generic[Value]):
    """A kind of answer: its name in keys and counters, the type that it has, and its life in seconds."""

    name: str
    kind: type[Value]
    ttl: float
    codec: Codec[Value] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "codec", Codec(self.kind))


@dataclass(frozen=True)
class _Question(Generic[Value]):
    """One answer that is wanted."""

    resource: Resource[Value]
    key: str
    compute: Callable[[], Value]


class AnswerCache(Cache):
    """``exact`` tells whether the running request must see its own writes of other processes, ``bypass`` whether it
    must not use what is kept (inside a transaction); ``before_wait`` gives back what nobody should hold meanwhile."""

    def __init__(
        self,
        freshness: Freshness,
        *,
        exact: Callable[[], bool] = lambda: False,
        bypass: Callable[[], bool] = lambda: False,
        before_wait: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__()
        self.freshness = freshness
        self.near = NearAnswers()
        self._exact, self._bypass, self._before_wait, self._clock = exact, bypass, before_wait, clock
        self._flights = Flights()
        self._took: dict[str, float] = {}
        self._bytes: BytesCache = MemoryBytes()

    def start(self, app: Flask, client: RedisClient | None) -> None:
        """Keep answers in Redis, or in the process without a client."""
        kind = RedisBytes if client is not None else MemoryBytes
        name = f"{kind.__module__}.{kind.__qualname__}"
        self.init_app(app, {"CACHE_TYPE": name, "CACHE_CLIENT": client, "CACHE_DEFAULT_TIMEOUT": 300})
        # Flask-Caching looks its backend up in the application at each use.
        self._bytes = app.extensions["cache"][self]

    def answer(
        self, resource: Resource[Value], scopes: Sequence[str], parameters: object, compute: Callable[[], Value]
    ) -> Value:
        """What ``compute`` answers, or answered since the scopes' versions are what they are. ``parameters`` are
        everything else that it depends on, as plain data."""
        if self._bypass():
            events.cache_asked.send(resource.name, outcome="bypassed", seconds=0.0, size=0)
            return compute()
        versions = self.freshness.versions(scopes, exact=self._exact())
        question = _Question(resource, _key(resource.name, scopes, versions, parameters), compute)
        kept: Kept[Value] | None = self.near.get(question.key)
        if kept is not None and not self._is_ending(kept):
            events.cache_asked.send(resource.name, outcome="near", seconds=0.0, size=0)
            return kept.value
        return self._ask(question, kept)

    def rendering(self, value: object, name: str, render: Callable[[], bytes]) -> bytes:
        """Bytes made of an answer, made once as long as the answer is in the first level. ``name`` tells all that they
        depend on beside the answer."""
        return self.near.rendering(value, name, render)

    def forget_all(self) -> None:
        """Of what this process keeps; what is in Redis stays."""
        self.near.clear()
        self._bytes.clear()

    def _is_ending(self, kept: Kept[Any]) -> bool:
        """Whether it has ended, or this request is the one that refreshes it early."""
        ahead = kept.seconds * BETA * -math.log(1.0 - random.random())  # noqa: S311  # no secret depends on it
        return self._clock() + ahead >= kept.ends_at

    def _ask(self, question: _Question[Value], ending: Kept[Value] | None) -> Value:
        still = ending if ending is not None and self._clock() < ending.ends_at else None
        flight, leads = self._flights.join(question.key)
        if leads:
            try:
                value = self._fetch(question, still)
                flight.land(value)
                return value
            finally:
                self._flights.leave(question.key, flight)
        if still is not None:
            return still.value
        self._before_wait()
        if flight.wait(WAIT_SECONDS):
            events.cache_asked.send(question.resource.name, outcome="waited", seconds=0.0, size=0)
            found: Value = flight.value
            return found
        return self._compute(question)

    def _fetch(self, question: _Question[Value], still: Kept[Value] | None) -> Value:
        """From the other level, from another process that is computing it, or computed here."""
        kept = self._read(question)
        if kept is not None and (still is None or kept.made_at > still.made_at):
            return kept.value
        if not self._bytes.add(keys.flight(question.key), b"1", FLIGHT):
            if still is not None:
                return still.value
            kept = self._await(question)
            if kept is not None:
                return kept.value
        return self._compute(question)

    def _await(self, question: _Question[Value]) -> Kept[Value] | None:
        """Another process holds the flight: look for its answer until it is there or the flight is gone. Nobody may
        hold it any more: its holder was killed, or took it from a Redis that froze in that moment."""
        self._before_wait()
        pause = threading.Event()
        took = self._took.get(question.resource.name)
        polls = POLLS if took is None else min(POLLS, FEWEST_POLLS + int(PATIENCE * took / POLL_SECONDS))
        for _ in range(polls):
            pause.wait(POLL_SECONDS)
            kept = self._read(question)
            if kept is not None or not self._bytes.has(keys.flight(question.key)):
                return kept
        return None

    def _read(self, question: _Question[Value]) -> Kept[Value] | None:
        stored = self._bytes.get(question.key)
        if stored is None:
            return None
        try:
            kept = question.resource.codec.decode(stored)
        except Unusable as unusable:
            events.cache_failed.send(question.resource.name, reason=unusable.reason)
            return None
        if self._clock() >= kept.ends_at:
            return None
        self.near.put(question.key, kept)
        events.cache_asked.send(question.resource.name, outcome="hit", seconds=0.0, size=kept.size)
        return kept

    def _compute(self, question: _Question[Value]) -> Value:
        started = time.perf_counter()
        stored = False
        try:
            value = question.compute()
            seconds = time.perf_counter() - started
            self._took[question.resource.name] = max(seconds, self._took.get(question.resource.name, 0.0) * 0.9)
            stored = self._store(question, value, seconds)
        finally:
            if not stored:
                # Who waits for an answer that will not come goes on at once.
                self._bytes.delete(keys.flight(question.key))
        return value

    def _store(self, question: _Question[Value], value: Value, seconds: float) -> bool:
        resource, now = question.resource, self._clock()
        ends_at = now + resource.ttl * random.uniform(1.0 - JITTER, 1.0)  # noqa: S311  # so that not all end at once
        size = 0
        try:
            stored = resource.codec.encode(value, made_at=now, ends_at=ends_at, seconds=seconds)
            size = len(stored)
            self.near.put(question.key, Kept(value, now, ends_at, seconds, size, weight_of(stored)))
            return self._bytes.land(question.key, stored, timedelta(seconds=ends_at - now), keys.flight(question.key))
        except Unusable as unusable:
            events.cache_failed.send(resource.name, reason=unusable.reason)
            return False
        finally:
            events.cache_asked.send(resource.name, outcome="miss", seconds=seconds, size=size)


def _key(name: str, scopes: Sequence[str], versions: Sequence[int], parameters: object) -> str:
    whose = ",".join(scopes)
    which = ".".join(map(str, versions))
    if len(whose) + len(which) > LONGEST_SCOPES:
        whose, which = "many", hashlib.blake2b(f"{whose} {which}".encode(), digest_size=16).hexdigest()
    return keys.answer(name, whose, which, msgspec.json.encode(parameters, order="deterministic"))
