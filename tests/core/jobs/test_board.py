"""Failed jobs are seen, run again, or let go."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from trackeep.core import clock, db, jobs
from trackeep.core.errors import Invalid
from trackeep.core.jobs import JobRow
from trackeep.core.jobs.board import discard_jobs, job_counts, job_page, oldest_due, retry_jobs
from trackeep.core.jobs.claims import State

TODAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("app")


def enqueue(name: str, *, state: State = State.WAITING, key: str | None = None, run_at: datetime = TODAY) -> int:
    with clock.freeze(TODAY), db.unit_of_work() as session:
        jobs.enqueue(name, {"secret": "x"}, unique_key=key, run_at=run_at)
        job_id = max(entry.id for entry in job_page(None, limit=100).items)
        values = {"state": state, "attempts": 5, "error": "It broke." if state is State.FAILED else None}
        session.execute(update(JobRow).where(JobRow.id == job_id).values(**values))
    return job_id


def listed(state: State | None = None) -> list[int]:
    return [entry.id for entry in job_page(state).items]


def test_jobs_are_listed_by_state_newest_first() -> None:
    waiting, failed = enqueue("a.one"), enqueue("a.two", state=State.FAILED)
    assert listed() == [failed, waiting]
    assert listed(State.FAILED) == [failed]
    assert job_counts() == {State.WAITING: 1, State.RUNNING: 0, State.FAILED: 1}
    assert job_page(State.FAILED).items[0].error == "It broke."


def test_arguments_are_not_shown() -> None:
    enqueue("a.one")
    assert "secret" not in repr(job_page(None))


def test_pages_follow_each_other() -> None:
    ids = [enqueue(f"a.job_{number}") for number in range(5)]
    first = job_page(None, limit=3)
    rest = job_page(None, cursor=first.next_cursor, limit=3)
    assert [entry.id for entry in (*first.items, *rest.items)] == ids[::-1]
    assert rest.next_cursor is None
    with pytest.raises(Invalid):
        job_page(None, cursor="x")


def test_failed_jobs_run_again_with_fresh_attempts() -> None:
    failed, other = enqueue("a.one", state=State.FAILED), enqueue("a.two", state=State.FAILED)
    with clock.freeze(TODAY + timedelta(hours=1)), db.unit_of_work():
        assert retry_jobs([failed]) == 1
    entry = job_page(State.WAITING).items[0]
    assert (entry.id, entry.attempts, entry.run_at) == (failed, 0, TODAY + timedelta(hours=1))
    assert listed(State.FAILED) == [other]


def test_only_failed_jobs_run_again() -> None:
    running = enqueue("a.one", state=State.RUNNING)
    with db.unit_of_work():
        assert retry_jobs([running]) == 0
        assert discard_jobs([running]) == 0
    assert listed(State.RUNNING) == [running]


def test_a_job_whose_key_is_queued_again_is_left_alone() -> None:
    enqueue("a.one", state=State.FAILED, key="k")
    newest = enqueue("a.one", state=State.FAILED, key="k")
    with db.unit_of_work():
        assert retry_jobs(None) == 1
    assert listed(State.WAITING) == [newest]
    with db.unit_of_work():
        assert retry_jobs(None) == 0


def test_failed_jobs_are_let_go() -> None:
    kept = enqueue("a.one")
    enqueue("a.two", state=State.FAILED)
    with db.unit_of_work():
        assert discard_jobs(None) == 1
    assert listed() == [kept]


def test_the_longest_wait_counts_only_what_is_due() -> None:
    enqueue("a.later", run_at=TODAY + timedelta(hours=2))
    with clock.freeze(TODAY):
        assert oldest_due() is None
        enqueue("a.now", run_at=TODAY - timedelta(minutes=3))
        assert oldest_due() == TODAY - timedelta(minutes=3)
