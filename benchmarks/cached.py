"""What the cache saves: answers computed each time, taken from Redis, and taken from the first level of the process.

Usage: `PYTHONPATH=. .venv/bin/python -m benchmarks.cached [MINE] [OTHERS]`; it starts PostgreSQL and Redis by itself
and fills a library (20,000 bookmarks among 200,000). One client in the process of the application, so that nothing of a
web server is in the figures; medians of three rounds."""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from apiflask import APIFlask
from sqlalchemy import event

from benchmarks import seeding
from config.redis_settings import RedisSettings
from config.testing import testing_settings
from extensions.cache import AnswerCache
from tests.factories.accounts import Person
from tests.servers import postgresql, redis_server
from trackeep import create_app
from trackeep.core import db, ext

PATHS = {
    "home": "/api/v1/home/cards",
    "bookmarks, JSON of 30": "/api/v1/bookmarks?limit=30",
    "bookmarks, JSON of 100": "/api/v1/bookmarks?limit=100",
    "search, JSON of 30": "/api/v1/bookmarks?limit=30&text=karana",
    "tags": "/api/v1/tags",
    "profile": "/api/v1/accounts/me",
}
REQUESTS, ROUNDS = 150, 3


@dataclass(frozen=True)
class Figures:
    """Milliseconds, and how many statements a request sends."""

    median: float
    slow: float
    statements: float
    database: float


class Statements:
    """Counts statements and the time until their rows are there."""

    def __init__(self) -> None:
        self.number, self.seconds, self._begun = 0, 0.0, 0.0

    def begin(self, *_: Any) -> None:
        self._begun = time.perf_counter()

    def end(self, *_: Any) -> None:
        self.number += 1
        self.seconds += time.perf_counter() - self._begun


def main(mine: int, others: int) -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        database, redis = stack.enter_context(postgresql()), stack.enter_context(redis_server())
        uses = dict.fromkeys(("sessions", "freshness", "cache", "limits"), ("REDIS_URL", redis.url))
        settings = replace(testing_settings(folder, database), redis=RedisSettings(urls=uses))
        app = create_app(settings)
        seeding.ensure_library(app, mine, others)
        say("| answer | how | p50 ms | p95 ms | statements | database ms |")
        say("|---|---|---|---|---|---|")
        for name, path in PATHS.items():
            for how, prepared in WAYS.items():
                figures = median([measured(app, path, prepared) for _ in range(ROUNDS)])
                say(f"| {name} | {how} | " + " | ".join(f"{figure:.2f}" for figure in vars(figures).values()) + " |")


@contextmanager
def computed() -> Iterator[Callable[[], None]]:
    with patch.object(AnswerCache, "answer", lambda _self, _resource, _scopes, _parameters, compute: compute()):
        yield lambda: None


@contextmanager
def from_redis() -> Iterator[Callable[[], None]]:
    yield ext.answers().near.clear


@contextmanager
def from_first_level() -> Iterator[Callable[[], None]]:
    yield lambda: None


WAYS = {"computed": computed, "from Redis": from_redis, "first level": from_first_level}


def measured(app: APIFlask, path: str, way: Callable[[], Any]) -> Figures:
    owner = seeding.owner()
    client = Person(app, owner.user_id or 0, "person0", owner.personal_space_id or 0).client()
    engine, statements, times = db.database.engine, Statements(), []
    with way() as before_each:
        client.get(path)
        event.listen(engine, "before_cursor_execute", statements.begin)
        event.listen(engine, "after_cursor_execute", statements.end)
        try:
            for _ in range(REQUESTS):
                before_each()
                began = time.perf_counter()
                answer = client.get(path)
                times.append((time.perf_counter() - began) * 1000)
                if answer.status_code != 200:
                    sys.exit(f"{path} answered {answer.status_code}")
        finally:
            event.remove(engine, "before_cursor_execute", statements.begin)
            event.remove(engine, "after_cursor_execute", statements.end)
    times.sort()
    return Figures(
        statistics.median(times),
        times[int(len(times) * 0.95)],
        statements.number / REQUESTS,
        statements.seconds * 1000 / REQUESTS,
    )


def median(rounds: list[Figures]) -> Figures:
    return Figures(*(statistics.median(values) for values in zip(*(vars(one).values() for one in rounds), strict=True)))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    given = [int(number) for number in sys.argv[1:]]
    main(*(given or (20_000, 180_000)))
