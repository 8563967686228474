"""One Redis and the logical names that use it: each name with its breaker, all with one background probe."""

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TypeVar

from flask import g, has_request_context
from redis import Redis

from extensions import events
from extensions.breaker import Breaker
from extensions.redis_client.address import Address, Kind
from extensions.redis_client.errors import EXHAUSTED, UNREACHABLE, RedisAway, is_about_the_value, kind_of
from extensions.redis_client.pool import Deadlines, PoolFigures, Tls
from extensions.redis_client.server_state import ServerState, ask_server, place_of
from extensions.redis_client.topology import SentinelGroup, added, make_topology, pool_of

Answer = TypeVar("Answer")
PROBE_SECONDS = 0.25
WATCH_SECONDS = 1.0
PROBE_LIFE_MS = 1_000
LONGEST_GOODBYE_SECONDS = 2.0
OFF = "redis_is_off"


class Link:
    """A Redis under one address, and the thread that looks after it: it probes while a breaker is open, and follows
    the primary of a Sentinel group all the time."""

    def __init__(self, address: Address, limits: Deadlines, size: int, tls: Tls) -> None:
        self.address = address
        self.topology = make_topology(address, limits, size, tls)
        self.breakers: list[Breaker] = []
        self._wanted = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._ends = False
        self._learned = False

    def begin(self) -> None:
        """Learn where the servers are, and follow them from now on; raises redis-py's errors when that fails."""
        if self.address.kind is Kind.SENTINEL:
            self._look_after()
        self.topology.learn()
        self._learned = True

    def ready(self) -> None:
        """The same once, for who did not call ``begin``."""
        if not self._learned:
            self._learned = True
            with suppress(*UNREACHABLE):
                self.begin()

    @property
    def names(self) -> tuple[str, ...]:
        """The logical names that use it."""
        return tuple(breaker.name for breaker in self.breakers)

    def give_up(self, reason: str) -> None:
        """It does not answer at the start: nobody asks it until the background has found it."""
        for breaker in self.breakers:
            breaker.open(reason)
        self.troubled()

    def troubled(self) -> None:
        """Something failed: look after it."""
        self._wanted.set()
        self._look_after()

    def probe(self) -> bool:
        """Whether every server takes a write."""
        try:
            self.topology.learn()
            self.try_writes()
        except UNREACHABLE:
            return False
        return True

    def try_writes(self) -> None:
        """Write to every server; raises redis-py's errors when one does not take it."""
        for client, key in self.topology.primaries():
            steps = client.pipeline(transaction=False)
            steps.set(key, b"1", px=PROBE_LIFE_MS)
            steps.get(key)
            steps.execute()

    def pool_figures(self) -> PoolFigures:
        try:
            clients = [client for client, _key in self.topology.primaries()]
        except UNREACHABLE:
            clients = []
        return added([pool_of(client).figures() for client in clients] or [PoolFigures(0, 0, 0, 0, 0)])

    def server_states(self) -> dict[str, ServerState]:
        """How the servers are doing, by place; those that do not answer within their deadline are left out."""
        self.ready()
        states = {}
        try:
            clients = [client for client, _key in self.topology.primaries()]
        except UNREACHABLE:
            clients = []
        for client in clients:
            with suppress(*UNREACHABLE):
                states[place_of(client)] = ask_server(client)
        return states

    def close(self) -> None:
        """Waits for the thread as well: one that is in the middle of a TLS handshake can crash a process that ends."""
        self._ends = True
        self._wanted.set()
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join(LONGEST_GOODBYE_SECONDS)
        self.topology.close()

    def _look_after(self) -> None:
        with self._lock:
            if not self._ends and (self._thread is None or not self._thread.is_alive()):
                self._thread = threading.Thread(target=self._watch, name="redis-probe", daemon=True)
                self._thread.start()

    def _watch(self) -> None:
        while not self._ends:
            open_ones = [breaker for breaker in self.breakers if breaker.is_open]
            if open_ones:
                if self.probe():
                    for breaker in open_ones:
                        breaker.close()
                else:
                    self._pause(PROBE_SECONDS)
            elif isinstance(self.topology, SentinelGroup):
                self._follow(self.topology)
            else:
                self._wanted.wait()
                self._wanted.clear()
                with suppress(*UNREACHABLE):
                    self.topology.learn()

    def _follow(self, group: SentinelGroup) -> None:
        try:
            group.wait_for_switch(WATCH_SECONDS)
            group.learn()
        except UNREACHABLE:
            self._pause(PROBE_SECONDS)

    def _pause(self, seconds: float) -> None:
        self._wanted.clear()
        self._wanted.wait(seconds)


class RedisClient:
    """One logical name (``cache``, ``sessions``, ...): where its calls go, and whether they are made at all."""

    def __init__(self, name: str, link: Link) -> None:
        self.name = name
        self.link = link
        self.breaker = Breaker(name)
        link.breakers.append(self.breaker)
        self.calls = 0

    @property
    def is_off(self) -> bool:
        """Whether a call would not be made now: the breaker is open, or this request has met a failure already."""
        return self.breaker.is_open or (has_request_context() and OFF in g)

    def call(self, key: str, work: Callable[["Redis"], Answer]) -> Answer:
        """Do ``work``, which is one round trip about keys beside ``key``, on the server that holds it. Raises RedisAway
        when that is not to be had within its deadline."""
        self._check()
        return self._timed(lambda: work(self.link.topology.client(key)))

    def call_each(self, keys: Iterable[str], work: Callable[["Redis", list[str]], Answer]) -> list[Answer]:
        """Do ``work`` once for each server that holds some of the keys."""
        self._check()
        groups = self._timed(lambda: self.link.topology.by_node(keys), trip=False)
        return [self._timed(lambda: work(client, group)) for client, group in groups]  # noqa: B023  # called at once

    def _check(self) -> None:
        if self.is_off:
            raise RedisAway(self.name)
        self.link.ready()

    def _timed(self, work: Callable[[], Answer], *, trip: bool = True) -> Answer:
        started = time.perf_counter()
        error = ""
        try:
            return work()
        except UNREACHABLE as failure:
            error = kind_of(failure)
            if not is_about_the_value(failure):
                self._failed(error)
            raise RedisAway(self.name) from failure
        finally:
            if trip:
                self.calls += 1
                events.redis_called.send(self.name, seconds=time.perf_counter() - started, error=error)

    def _failed(self, reason: str) -> None:
        if has_request_context():
            g.redis_is_off = True
        if reason == EXHAUSTED:
            # Too many at once: that says nothing of the server, which the others are just being answered by.
            self.breaker.failures[reason] += 1
            return
        self.breaker.failed(reason)
        self.link.troubled()
