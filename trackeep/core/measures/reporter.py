"""The thread that pours a process's tally each second and, in one process of a node, writes its summary every ten."""

import fcntl
import os
import platform
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from io import IOBase
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from trackeep.core import clock, db, ext
from trackeep.core.errors import TrackeepError
from trackeep.core.jobs import board
from trackeep.core.jobs.claims import State
from trackeep.core.measures import nodes
from trackeep.core.measures.measures import FOLDER_VARIABLE, Measures, samples
from trackeep.core.measures.summary import Look, Queue, summarise

log = structlog.get_logger("trackeep.measures")
POUR_SECONDS = 1.0
STOP_SECONDS = 0.5
WEB, WORKER = "web", "worker"
STATM = Path("/proc/self/statm")


class Leadership:
    """Of the processes that share a folder one leads: whoever holds the lock, until it ends."""

    def __init__(self) -> None:
        self._file: IOBase | None = None

    def is_ours(self) -> bool:
        folder = os.environ.get(FOLDER_VARIABLE)
        if not folder or self._file is not None:
            return True
        file = Path(folder, "leader").open("w")  # noqa: SIM115  # the lock lasts as long as it is open
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def give_up(self) -> None:
        """Let another process lead, before this one has ended."""
        if self._file is not None:
            self._file.close()
            self._file = None


class Reporter:
    """Of this process; starts once. It never raises out, and what it cannot write now is not written."""

    def __init__(self, measures: Measures) -> None:
        self.measures = measures
        self._role = WEB
        self._leadership = Leadership()
        self._before: Look | None = None
        self._next_summary = 0.0
        self._failing = False
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self, role: str = WEB) -> None:
        """For the hook of a server whose process is ready, for a worker, and for the first request of other servers."""
        with self._lock:
            if self._thread is None:
                self._role = role
                self._thread = threading.Thread(target=self._work, name="measures", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Pour what is left, so that no request of this process is missing from the measures."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(STOP_SECONDS)

    @property
    def node(self) -> str:
        """The name under which this process's server is known."""
        return f"{platform.node()}:{ext.settings().port}" if self._role == WEB else f"{platform.node()} {self._role}"

    def note_request(self, environ: Mapping[str, object]) -> None:
        """The first request that a real server hands over starts it: commands and tests build the application, too."""
        if self._thread is None and environ.get("SERVER_SOFTWARE"):
            self.start()

    def _work(self) -> None:
        while not self._stopping.wait(POUR_SECONDS):
            self.survive(self.measures.pour)
            if time.monotonic() >= self._next_summary:
                self._next_summary = time.monotonic() + nodes.PERIOD
                self.survive(self.report)
        self.survive(self.measures.pour)
        self._leadership.give_up()

    def report(self) -> None:
        """Tell how this process is, and write the node's summary if this process is the one that does."""
        self._tell_gauges()
        if not self._leadership.is_ours():
            return
        queue = _queue()
        self._tell_queue(queue)
        before, self._before = self._before, self._look()
        if before is not None:
            processes = int(self._before.samples.get(("processes", ()), 1))
            nodes.write(self.node, summarise(before, self._before, queue, role=self._role, processes=processes))

    def _look(self) -> Look:
        links = ext.redis().links
        states = [(link, link.server_states()) for link in links]
        return Look(
            at=time.monotonic(),
            samples=samples(self.measures.collected()),
            servers={place: state for _link, told in states for place, state in told.items()},
            pools={place: link.pool_figures() for link, told in states for place in told},
            uses=frozenset(client.name for client in ext.redis().all()),
            silent=frozenset(link.address.shown() for link, told in states if not told),
        )

    def _tell_gauges(self) -> None:
        tell = self.measures.set
        tell("processes", 1)
        tell("memory_bytes", _resident_bytes())
        pool = db.database.engine.pool
        if isinstance(pool, QueuePool):
            tell("database_connections", pool.checkedout(), "in use")
            tell("database_connections", pool.size(), "most")
        for client in ext.redis().all():
            tell("redis_breaker_open", client.breaker.is_open, client.name)
        for link in ext.redis().links:
            figures, server = link.pool_figures(), link.address.shown()
            tell("redis_connections", figures.open, server, "open")
            tell("redis_connections", figures.in_use, server, "in use")
            tell("redis_connections", figures.size, server, "most")
            tell("redis_pool_exhausted", figures.exhausted, server)

    def _tell_queue(self, queue: Queue) -> None:
        for state, number in (
            (State.WAITING, queue.waiting),
            (State.RUNNING, queue.running),
            (State.FAILED, queue.failed),
        ):
            self.measures.set("jobs", number, state)
        self.measures.set("jobs_oldest_due_seconds", queue.due_seconds)

    def survive(self, step: Callable[[], None]) -> None:
        """A database that is away is told once, not every ten seconds."""
        try:
            step()
            if step == self.report:
                self._failing = False
        except (SQLAlchemyError, TrackeepError, OSError) as error:
            if not self._failing:
                log.warning("summary_not_written", reason=str(error)[:300])
            self._failing = True
        except Exception:
            log.exception("measures_failed")
        finally:
            db.release()


def _queue() -> Queue:
    counts, oldest = board.job_counts(), board.oldest_due()
    return Queue(
        waiting=counts[State.WAITING],
        running=counts[State.RUNNING],
        failed=counts[State.FAILED],
        due_seconds=max((clock.now() - oldest).total_seconds(), 0.0) if oldest else 0.0,
    )


def _resident_bytes() -> int:
    """0 where the system has no such file."""
    with suppress(OSError):
        return int(STATM.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0
