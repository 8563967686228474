"""The cache against a model: any order of writes, reads, waits and faults, and never a wrong answer.

Two processes write and read two scopes. A process sees its own writes at once, and everybody's after a second; a
request that wants it exact sees everybody's at once. Steps are drawn by the number of the walk, so that a walk that
fails can be walked again."""

from collections.abc import Callable, Sequence
from random import Random
from typing import cast

import pytest
from flask import Flask

from extensions.cache import AnswerCache, Resource
from extensions.freshness import Freshness
from extensions.redis_client import RedisClient
from tests.drills.length import LENGTH
from tests.extensions.fake_redis import FakeClient, FakeServer

BEHIND_SECONDS = 1.0
STEPS = 100
SCOPES = ("space:1", "space:2")
ANSWER = Resource("answers", list[int], ttl=3.0)
WAITS = (0.01, 0.05, 0.1, 0.1, 0.2, 0.2, 0.3, 0.3, 0.39, 0.41, 0.45, 0.51, 0.7, 4.0)
FAULTS = ("flush", "kill", "revive", "revive empty", "freeze", "thaw", "remember", "fail over", "poison")


class Walk:
    """One interleaving. ``history`` has what each scope held, and until when."""

    def __init__(self, number: int) -> None:
        self.random = Random(number)
        # Half of the walks are calm: what only takes its time needs room between faults.
        self.weights = (45, 28, 18, 20 * (number % 2), 1)
        self.now = 10_000.0
        self.server = FakeServer(lambda: self.now)
        self.versions = dict.fromkeys(SCOPES, 1)
        self.values = dict.fromkeys(SCOPES, 0)
        self.written = {(scope, process): 0 for scope in SCOPES for process in (0, 1)}
        self.history: dict[str, list[tuple[int, float]]] = {scope: [] for scope in SCOPES}
        self.exact = False
        self.snapshot: dict[str, tuple[bytes, int]] = {}
        self.meanwhile: Callable[[], None] | None = None
        self.steps: list[object] = []
        self.caches = [self.process(), self.process()]

    def process(self) -> AnswerCache:
        client = cast(RedisClient, FakeClient(self.server))
        freshness = Freshness(self.read_versions, client, lambda: self.now)
        cache = AnswerCache(freshness, exact=lambda: self.exact, clock=lambda: self.now)
        cache.start(Flask(__name__), client)
        return cache

    def read_versions(self, asked: Sequence[str]) -> dict[str, int]:
        """What happens meanwhile happens between this statement and the arrival of its rows."""
        found = {scope: self.versions[scope] for scope in asked}
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            meanwhile()
        return found

    def step(self) -> None:
        kind = self.random.choices(("read", "wait", "write", "fault", "restart"), self.weights)[0]
        if kind == "read":
            self.read()
        elif kind == "wait":
            self.wait()
        elif kind == "write":
            self.write(*self.anybody())
        elif kind == "fault":
            self.fault()
        else:
            # What the old process had written is over a second old by then.
            self.now += BEHIND_SECONDS
            self.caches[self.random.randrange(2)] = self.process()

    def anybody(self) -> tuple[int, str]:
        return self.random.randrange(2), self.random.choices(SCOPES, (5, 1))[0]

    def wait(self) -> None:
        seconds = self.random.choice(WAITS)
        self.steps.append(seconds)
        self.now += seconds

    def write(self, process: int, scope: str) -> None:
        self.steps.append(("write", process, scope))
        self.history[scope].append((self.values[scope], self.now))
        self.values[scope] += 1
        self.versions[scope] += 1
        self.written[scope, process] = self.values[scope]
        self.caches[process].freshness.learned({scope: self.versions[scope]})

    def read(self) -> None:
        """Now and then somebody writes, or Redis fails, while versions are read or the answer is computed."""
        process, scope = self.anybody()
        asked = SCOPES if self.random.random() < 0.15 else (scope,)
        self.exact = self.random.random() < 0.1
        before = {one: self.values[one] for one in asked}
        written = {one: self.written[one, process] for one in asked}
        recent = {one: self.recent(one) for one in asked}
        self.meanwhile = self.random.choices(
            (None, self.fault, lambda: self.write(*self.anybody())), (6, 2 * (self.weights[3] > 0), 2)
        )[0]
        self.steps.append(("read", process, asked, self.exact))
        answer = self.caches[process].answer(ANSWER, asked, (), lambda: self.compute(asked))
        self.meanwhile = None
        for one, value in zip(asked, answer, strict=True):
            least = before[one] if self.exact else max(recent[one], written[one])
            assert least <= value <= self.values[one], (one, value, least, self.values[one], self.steps)

    def compute(self, asked: Sequence[str]) -> list[int]:
        early, late = self.random.random() < 0.1, self.random.random() < 0.1
        if early:
            self.write(*self.anybody())
        found = [self.values[one] for one in asked]
        if late:
            self.write(*self.anybody())
        return found

    def recent(self, scope: str) -> int:
        """The oldest value that somebody may still see."""
        values = [value for value, until in self.history[scope][-20:] if until >= self.now - BEHIND_SECONDS]
        return min([*values, self.values[scope]])

    def fault(self) -> None:
        fault = self.random.choice(FAULTS)
        self.steps.append(fault)
        if fault == "kill":
            self.server.kill()
        elif fault == "freeze":
            self.server.is_frozen = not self.server.is_dead
        elif fault == "thaw":
            self.server.thaw()
        elif fault == "remember":  # a replica has this much
            self.snapshot = dict(self.server.values)
        elif fault == "fail over":  # to a replica that missed what came later; the ends of its keys are absolute
            self.server.values = dict(self.snapshot)
        elif fault == "poison":
            self.poison()
        else:
            self.server.revive()
            if fault != "revive":
                self.server.values.clear()

    def poison(self) -> None:
        """Not the versions: whoever can write those lies to us within one second at most, which the ACL is for."""
        for key, (_value, ends_at) in list(self.server.values.items()):
            if not key.startswith("tk:fresh:"):
                self.server.values[key] = (self.random.randbytes(60), ends_at)


@pytest.mark.parametrize("part", range(4))
def test_no_interleaving_gives_a_wrong_answer(part: int) -> None:
    for number in range(part * LENGTH.interleavings, (part + 1) * LENGTH.interleavings):
        walk = Walk(number)
        for _ in range(STEPS):
            walk.step()
