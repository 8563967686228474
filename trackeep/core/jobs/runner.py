"""Runs the queue's jobs: one thread claims and writes down, each job runs in a short-lived thread of its own."""

import queue
import threading
import time
from collections.abc import Callable
from datetime import timedelta

import structlog
from flask import Flask, g
from sqlalchemy.exc import SQLAlchemyError

from trackeep.core import clock, db
from trackeep.core.actor import SYSTEM
from trackeep.core.errors import TrackeepError
from trackeep.core.jobs import bell, claims, schedules
from trackeep.core.jobs.claims import Claim, Outcome, State
from trackeep.core.jobs.queue import PassingFailure, PermanentFailure, Postponed, registry

log = structlog.get_logger("trackeep.jobs")

THREADS = 4
POLL_SECONDS = 1.0
GIVING_WAY_SECONDS = 1.0
UPKEEP_SECONDS = 5.0
HEARTBEAT_SECONDS = claims.LEASE.total_seconds() / 4
GRACE_SECONDS = 4.0


class Runner:
    """Works off the queue until it is stopped. Only its own thread talks to the jobs table. While ``is_busy`` says that
    others need the process, one job begins a second and none beside another."""

    def __init__(self, app: Flask, threads: int = THREADS, is_busy: Callable[[], bool] = lambda: False) -> None:
        self._app = app
        self._threads = threads
        self._is_busy = is_busy
        self._running: dict[int, Claim] = {}
        self._ended: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)
        self._grace = GRACE_SECONDS
        self._next_upkeep = 0.0
        self._next_in_between = 0.0
        self._next_heartbeat = time.monotonic() + HEARTBEAT_SECONDS

    def start(self) -> None:
        bell.listen()
        self._thread.start()

    def stop(self, grace: float = GRACE_SECONDS) -> None:
        """Claim nothing more, wait for what runs, put back what has not ended after ``grace`` seconds."""
        self._grace = grace
        self._stopping.set()
        bell.ring()
        if self._thread.is_alive():
            self._thread.join(grace + 1.0)

    def _work(self) -> None:
        log.info("runner_started", threads=self._threads)
        while not self._stopping.is_set():
            self._survive(self._turn)
            if self._ended.empty():
                bell.wait(POLL_SECONDS)
            if self._is_busy():
                # The bell rings with every commit now, and each turn would take the processor from a request.
                self._stopping.wait(GIVING_WAY_SECONDS / 4)
        self._finish()
        log.info("runner_stopped", given_back=len(self._running))

    def _turn(self) -> None:
        """Write down what ended, then fill the free threads."""
        self._record_ended()
        if time.monotonic() >= self._next_heartbeat:
            claims.renew(list(self._running.values()))
            self._next_heartbeat = time.monotonic() + HEARTBEAT_SECONDS
        if time.monotonic() >= self._next_upkeep:
            claims.take_over_lost()
            schedules.enqueue_due()
            self._next_upkeep = time.monotonic() + UPKEEP_SECONDS
        free = self._free_threads()
        if free and claims.is_any_due():
            self._next_in_between = time.monotonic() + GIVING_WAY_SECONDS
            for claim in claims.claim(free):
                self._launch(claim)

    def _free_threads(self) -> int:
        if not self._is_busy():
            return self._threads - len(self._running)
        return int(not self._running and time.monotonic() >= self._next_in_between)

    def _record_ended(self) -> None:
        ended: list[Outcome] = []
        while not self._ended.empty():
            ended.append(self._ended.get())
        if not ended:
            return
        try:
            claims.record(ended)
        except (SQLAlchemyError, TrackeepError):
            for outcome in ended:
                self._ended.put(outcome)
            raise
        for outcome in ended:
            self._running.pop(outcome.claim.id, None)

    def _launch(self, claim: Claim) -> None:
        self._running[claim.id] = claim
        threading.Thread(target=self._run, args=(claim,), name=f"job-{claim.name}", daemon=True).start()

    def _run(self, claim: Claim) -> None:
        self._ended.put(run(self._app, claim))
        bell.ring()

    def _finish(self) -> None:
        deadline = time.monotonic() + self._grace
        while self._running and time.monotonic() < deadline:
            self._survive(self._record_ended)
            if self._running:
                bell.wait(0.1)
        self._survive(lambda: claims.give_back(list(self._running.values())))

    def _survive(self, step: Callable[[], None]) -> None:
        """A database that is away is no reason to end: the next turn tries again."""
        try:
            step()
        except (SQLAlchemyError, TrackeepError) as error:
            log.warning("runner_turn_failed", reason=str(error)[:300])
            self._stopping.wait(POLL_SECONDS)
        finally:
            db.release()


def run(app: Flask, claim: Claim) -> Outcome:
    """Run one job in an application context of its own, as the system; whatever it raises is its outcome."""
    job = registry.get(claim.name)
    if job is None:
        return Outcome(claim, State.FAILED, f"No part that is switched on has a job named {claim.name}.")
    started = time.monotonic()
    with app.app_context(), structlog.contextvars.bound_contextvars(job=claim.name, job_id=claim.id):
        g.actor = SYSTEM
        try:
            job(**claim.arguments)
            outcome = Outcome(claim, State.DONE)
        except Postponed as wish:
            later = clock.now() + timedelta(seconds=wish.seconds)
            outcome = Outcome(claim, State.WAITING, str(wish) or None, again_at=later, counts=False)
        except PermanentFailure as failure:
            outcome = Outcome(claim, State.FAILED, str(failure))
        except Exception as error:
            log.warning("job_raised", attempt=claim.attempt, exc_info=not isinstance(error, PassingFailure))
            outcome = claims.retried(claim, _told(error))
        log.info("job_ended", state=outcome.state, ms=round((time.monotonic() - started) * 1000, 1))
    return outcome


def _told(error: Exception) -> str:
    return str(error) if isinstance(error, PassingFailure) else f"{type(error).__name__}: {error}"


def work_off(app: Flask, limit: int = 1_000) -> int:
    """Run what is due in this thread until nothing is, at most ``limit`` jobs; for tests and one-off commands."""
    count = 0
    while count < limit:
        taken = claims.claim(1)
        if not taken:
            break
        claims.record([run(app, taken[0])])
        count += 1
    return count
