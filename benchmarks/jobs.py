"""How many empty jobs a second one runner works off, and how soon a job starts after its commit.

Usage: `PYTHONPATH=. .venv/bin/python benchmarks/jobs.py [DATABASE_URL]`; without an address it uses SQLite in a
temporary folder.
"""

import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from apiflask import APIFlask

from config.testing import testing_settings
from trackeep import create_app
from trackeep.core import db, jobs

COUNT = 2_000
SINGLE = 50


def main(url: str, folder: Path) -> None:
    app = create_app(testing_settings(folder, url))
    db.Base.metadata.create_all(db.database.engine)
    say(f"{db.dialect()}: {throughput(app):.0f} jobs a second, started after {delay(app):.1f} ms (median)")


def throughput(app: APIFlask) -> float:
    left = threading.Semaphore(0)
    register(left.release)
    with db.unit_of_work():
        jobs.enqueue_many("benchmark.job", [{} for _ in range(COUNT)], unique_keys=[None] * COUNT)
    runner = jobs.Runner(app)
    started = time.perf_counter()
    runner.start()
    for _ in range(COUNT):
        left.acquire()
    took = time.perf_counter() - started
    runner.stop()
    return COUNT / took


def delay(app: APIFlask) -> float:
    ran = threading.Event()
    register(ran.set)
    runner = jobs.Runner(app)
    runner.start()
    times = []
    for _ in range(SINGLE):
        ran.clear()
        with db.unit_of_work():
            jobs.enqueue("benchmark.job", {})
        started = time.perf_counter()
        ran.wait(10)
        times.append((time.perf_counter() - started) * 1000)
        threading.Event().wait(0.02)
    runner.stop()
    return sorted(times)[SINGLE // 2]


def register(function: Callable[[], None]) -> None:
    jobs.registry.fill([jobs.Job("benchmark.job", function, 1, None)])


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        main(sys.argv[1] if len(sys.argv) > 1 else f"sqlite:///{scratch}/jobs.db", Path(scratch))
