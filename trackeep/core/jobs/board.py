"""What an administrator sees of the queue, and how failed jobs get another chance."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, literal_column, select, update
from sqlalchemy.orm import aliased

from trackeep.core import clock, db
from trackeep.core.jobs import bell
from trackeep.core.jobs.claims import State
from trackeep.core.jobs.queue import JobRow
from trackeep.core.paging import Page, bounded_limit, decode_cursor, encode_cursor


@dataclass(frozen=True, slots=True)
class JobEntry:
    """One job as it is listed. Its arguments are left out: they may name what is private."""

    id: int
    name: str
    state: str
    attempts: int
    created_at: datetime
    run_at: datetime
    finished_at: datetime | None
    error: str | None


_LISTED = (
    JobRow.id,
    JobRow.name,
    JobRow.state,
    JobRow.attempts,
    JobRow.created_at,
    JobRow.run_at,
    JobRow.finished_at,
    JobRow.error,
)


def job_page(state: State | None, *, cursor: str | None = None, limit: int = 50) -> Page[JobEntry]:
    """Jobs of one state or of all, the newest first."""
    count = bounded_limit(limit)
    query = select(*_LISTED).order_by(JobRow.id.desc()).limit(count + 1)
    if state is not None:
        query = query.where(_is(state))
    if cursor:
        query = query.where(JobRow.id < decode_cursor(cursor, (int,))[0])
    entries = [JobEntry(*row) for row in db.session().execute(query)]
    return Page(entries[:count], encode_cursor(entries[count - 1].id) if len(entries) > count else None)


def job_counts() -> dict[State, int]:
    """How many jobs wait, run and have failed; those that are done are not counted."""
    return {state: _count(state) for state in (State.WAITING, State.RUNNING, State.FAILED)}


def oldest_due() -> datetime | None:
    """Since when the job waits that should have run first; None when nothing is due."""
    due = select(func.min(JobRow.run_at)).where(_is(State.WAITING), JobRow.run_at <= clock.now())
    return db.session().scalar(due)


def retry_jobs(ids: Collection[int] | None) -> int:
    """Put these failed jobs, or all, back into the queue inside the open unit of work; answers how many. A job is left
    alone while another of its unique key waits or runs, and of several with one key only the newest goes back."""
    other = aliased(JobRow)
    same_key = (other.unique_key == JobRow.unique_key) & (other.id != JobRow.id)
    queued = other.state.in_((State.WAITING, State.RUNNING)) | ((other.state == State.FAILED) & (other.id > JobRow.id))
    rival = select(other.id).where(same_key, queued).exists()
    again = (
        update(JobRow)
        .where(*_failed(ids), ~rival)
        .values(state=State.WAITING, attempts=0, run_at=clock.now(), finished_at=None, lease_until=None)
        .returning(JobRow.id)
        .execution_options(synchronize_session=False)
    )
    changed = len(db.session().scalars(again).all())
    db.after_commit(bell.announce)
    return changed


def discard_jobs(ids: Collection[int] | None) -> int:
    """Delete these failed jobs, or all, inside the open unit of work; answers how many."""
    gone = delete(JobRow).where(*_failed(ids)).returning(JobRow.id).execution_options(synchronize_session=False)
    return len(db.session().scalars(gone).all())


def _count(state: State) -> int:
    return db.session().scalar(select(func.count()).select_from(JobRow).where(_is(state))) or 0


def _failed(ids: Collection[int] | None) -> list[ColumnElement[bool]]:
    return [_is(State.FAILED)] if ids is None else [_is(State.FAILED), JobRow.id.in_(ids)]


def _is(state: State) -> ColumnElement[bool]:
    # Spelled into the statement: with a bound value neither database can know that the partial index fits.
    return JobRow.state == literal_column(f"'{state}'")
