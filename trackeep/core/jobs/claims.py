"""What a runner writes into the jobs table: claims with leases, outcomes, jobs whose worker was lost.

A claim is named by the job's id and the number of its attempt, which every claim raises: whoever lost a lease cannot
write over the one who took the job.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, delete, literal_column, or_, select, tuple_, update
from sqlalchemy.sql import ColumnElement

from trackeep.core import clock, db
from trackeep.core.jobs.queue import JobRow, registry

LEASE = timedelta(seconds=60)
FIRST_WAIT = 10.0
LONGEST_WAIT = 3600.0
KEEP_DONE = timedelta(days=7)
KEEP_FAILED = timedelta(days=30)
MAX_ERROR_LENGTH = 2_000
DEFAULT_ATTEMPTS = 5


class State(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Claim:
    """A job that this process may run until the lease ends."""

    id: int
    attempt: int
    name: str
    arguments: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended; ``again_at`` is set for a job that goes back into the queue. A run that was postponed does not
    count as an attempt."""

    claim: Claim
    state: State
    error: str | None = None
    again_at: datetime | None = None
    counts: bool = True


def is_any_due() -> bool:
    """A read only, so that polling takes no write lock."""
    return db.session().scalar(_due(1)) is not None


def claim(limit: int) -> list[Claim]:
    """Take up to ``limit`` jobs that are due; jobs that others are taking at this moment are passed over."""
    if limit <= 0:
        return []
    with db.unit_of_work() as session:
        ids = session.scalars(_due(limit).with_for_update(skip_locked=True)).all()
        if not ids:
            return []
        taken = session.execute(
            update(JobRow)
            .where(JobRow.id.in_(ids))
            .values(state=State.RUNNING, attempts=JobRow.attempts + 1, lease_until=clock.now() + LEASE)
            .returning(JobRow.id, JobRow.attempts, JobRow.name, JobRow.arguments, JobRow.priority, JobRow.run_at)
            .execution_options(synchronize_session=False)
        ).all()
    in_order = sorted(taken, key=lambda row: (row.priority, row.run_at, row.id))
    return [Claim(row.id, row.attempts, row.name, row.arguments) for row in in_order]


def renew(claims: Sequence[Claim]) -> None:
    """Prolong the leases of jobs that are still running."""
    if claims:
        with db.unit_of_work() as session:
            session.execute(_change(_held(claims), lease_until=clock.now() + LEASE))


def give_back(claims: Sequence[Claim]) -> None:
    """Put unfinished jobs back, for the process is about to end; the attempt does not count."""
    if claims:
        with db.unit_of_work() as session:
            session.execute(_change(_held(claims), state=State.WAITING, attempts=JobRow.attempts - 1, lease_until=None))


def record(outcomes: Sequence[Outcome]) -> None:
    """Write how these runs ended, unless the lease was lost and somebody else has the job."""
    with db.unit_of_work() as session:
        for outcome in outcomes:
            session.execute(_change(_held([outcome.claim]), **_values(outcome)))


def take_over_lost() -> int:
    """Put jobs whose lease has run out back into the queue, or fail those that lost every attempt."""
    now = clock.now()
    lost = (_state(State.RUNNING), JobRow.lease_until < now)
    if db.session().scalar(select(JobRow.id).where(*lost).limit(1)) is None:
        return 0
    with db.unit_of_work() as session:
        rows = session.execute(
            select(JobRow.id, JobRow.attempts, JobRow.name, JobRow.arguments)
            .where(*lost)
            .with_for_update(skip_locked=True)
        ).all()
        for row in rows:
            claim = Claim(row.id, row.attempts, row.name, row.arguments)
            outcome = retried(claim, "The process that ran this job ended in the middle of it.", at=now)
            session.execute(_change(_held([claim]), **_values(outcome)))
    return len(rows)


def retried(claim: Claim, error: str, *, at: datetime | None = None) -> Outcome:
    """Another attempt, by default later and later, or failure when there were enough."""
    job = registry.get(claim.name)
    if claim.attempt >= (job.attempts if job else DEFAULT_ATTEMPTS):
        return Outcome(claim, State.FAILED, error)
    return Outcome(claim, State.WAITING, error, again_at=at or clock.now() + timedelta(seconds=pause(claim.attempt)))


def pause(attempt: int) -> float:
    """Seconds before the next attempt: three times longer each time, spread so that not all come back at once."""
    longest = min(LONGEST_WAIT, FIRST_WAIT * 3.0 ** min(attempt - 1, 10))
    return longest * random.uniform(0.75, 1.25)  # noqa: S311  # no secret


def forget_history() -> int:
    """Delete old jobs that are over; failed ones are kept longer, for somebody may want to look at them."""
    now = clock.now()
    old_done = (JobRow.state == State.DONE) & (JobRow.finished_at < now - KEEP_DONE)
    old_failed = (JobRow.state == State.FAILED) & (JobRow.finished_at < now - KEEP_FAILED)
    with db.unit_of_work() as session:
        forgotten = session.execute(delete(JobRow).where(or_(old_done, old_failed)).returning(JobRow.id))
        return len(forgotten.all())


def _due(limit: int) -> Select[int]:
    due = (_state(State.WAITING), JobRow.run_at <= clock.now())
    return select(JobRow.id).where(*due).order_by(JobRow.priority, JobRow.run_at, JobRow.id).limit(limit)


def _state(state: State) -> ColumnElement[bool]:
    # Spelled into the statement: with a bound value neither database can know that the partial index fits.
    return JobRow.state == literal_column(f"'{state}'")


def _held(claims: Sequence[Claim]) -> ColumnElement[bool]:
    names = [(claim.id, claim.attempt) for claim in claims]
    return _state(State.RUNNING) & tuple_(JobRow.id, JobRow.attempts).in_(names)


def _change(where: ColumnElement[bool], **values: Any) -> Any:
    return update(JobRow).where(where).values(**values).execution_options(synchronize_session=False)


def _values(outcome: Outcome) -> dict[str, Any]:
    values: dict[str, Any] = {"state": outcome.state, "lease_until": None}
    values["error"] = outcome.error[:MAX_ERROR_LENGTH].replace("\x00", "") if outcome.error else None
    if outcome.again_at is None:
        values["finished_at"] = clock.now()
    else:
        values["run_at"] = outcome.again_at
    if not outcome.counts:
        values["attempts"] = JobRow.attempts - 1
    return values
