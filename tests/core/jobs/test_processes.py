"""Worker processes that are killed lose nothing, and those that live never do the same twice."""

import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from apiflask import APIFlask
from sqlalchemy import func, select

from trackeep.core import clock, db, ext, jobs
from trackeep.core.jobs import JobRow
from trackeep.core.jobs.runner import THREADS

ROOT = Path(__file__).parent.parent.parent.parent
MANY = 200

pytestmark = pytest.mark.slow
Start = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def start(app: APIFlask) -> Iterator[Start]:
    started: list[subprocess.Popen[bytes]] = []

    def begin() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.core.jobs.worker", ext.settings().database_url]
        process = subprocess.Popen([*command, str(ext.settings().data_dir)], cwd=ROOT)
        started.append(process)
        return process

    yield begin
    for process in started:
        process.terminate()
        process.wait(15)


def enqueue_many() -> None:
    with db.unit_of_work():
        jobs.enqueue_many("drill.note", [{"number": n} for n in range(MANY)], unique_keys=[None] * MANY)


def done() -> int:
    db.release()
    return db.session().scalar(select(func.count()).where(JobRow.state == "done")) or 0


def notes() -> Counter[str]:
    path = ext.settings().data_dir / "notes"
    return Counter(path.read_text().split()) if path.exists() else Counter()


def wait_for(enough: Callable[[], bool]) -> None:
    deadline, pause = clock.now() + timedelta(seconds=90), threading.Event()
    while not enough():
        assert clock.now() < deadline, f"{done()} done, {len(notes())} noted"
        pause.wait(0.1)


def test_two_processes_share_the_work_without_doing_any_twice(start: Start) -> None:
    enqueue_many()
    start()
    start()
    wait_for(lambda: done() == MANY)
    assert notes() == Counter(map(str, range(MANY)))


def test_what_a_killed_process_held_is_taken_over(start: Start) -> None:
    enqueue_many()
    victim = start()
    wait_for(lambda: len(notes()) > 20)
    victim.kill()
    victim.wait()
    left = MANY - len(notes())
    assert left > 0

    start()
    wait_for(lambda: done() == MANY)
    twice = [number for number, times in notes().items() if times > 1]
    assert len(notes()) == MANY
    # What it held at that moment runs again, and what it had run but not yet written down.
    assert len(twice) <= 2 * THREADS


def test_a_terminated_process_gives_its_work_back_at_once(start: Start) -> None:
    enqueue_many()
    first = start()
    wait_for(lambda: len(notes()) > 20)
    first.terminate()
    assert first.wait(15) == 0
    db.release()
    assert db.session().scalar(select(func.count()).where(JobRow.state == "running")) == 0
    assert done() == sum(notes().values())
