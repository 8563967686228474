"""Jobs are claimed once, retried with patience, given back, and survive the loss of their worker."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from apiflask import APIFlask
from flask_babel import gettext
from sqlalchemy import select

from trackeep.core import clock, db, jobs
from trackeep.core.jobs import Job, JobRow, PermanentFailure, Postponed, Runner, claims, schedules, work_off

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
Ran = list[dict[str, Any]]


@pytest.fixture
def ran(app: APIFlask) -> Iterator[Ran]:
    """The arguments with which the job ``test.note`` was called."""
    seen: Ran = []
    register(Job("test.note", lambda **arguments: seen.append(arguments), 5, None))
    yield seen
    jobs.registry.fill(())


def register(*known: Job) -> None:
    jobs.registry.fill(known)


def raising(error: Exception, attempts: int = 3) -> None:
    def fail() -> None:
        raise error

    register(Job("test.fail", fail, attempts, None))


def put(name: str = "test.note", *, key: str | None = None, run_at: datetime | None = None, **arguments: Any) -> None:
    with db.unit_of_work():
        jobs.enqueue(name, arguments, unique_key=key, run_at=run_at)


def rows() -> list[JobRow]:
    db.release()
    return list(db.session().scalars(select(JobRow).order_by(JobRow.id)))


def test_a_job_runs_with_its_arguments_and_is_done(app: APIFlask, ran: Ran) -> None:
    put(word="hello")

    assert work_off(app) == 1
    assert ran == [{"word": "hello"}]
    [row] = rows()
    assert (row.state, row.attempts, row.error, row.lease_until) == ("done", 1, None, None)


def test_a_rolled_back_job_never_was(app: APIFlask, ran: Ran) -> None:
    with pytest.raises(RuntimeError), db.unit_of_work():
        jobs.enqueue("test.note", {})
        raise RuntimeError

    assert work_off(app) == 0


def test_priority_and_time_decide_the_order(app: APIFlask, ran: Ran) -> None:
    with clock.freeze(NOON):
        put(n=3)
        with db.unit_of_work():
            jobs.enqueue("test.note", {"n": 1}, priority=-1)
            jobs.enqueue("test.note", {"n": 2}, run_at=NOON - timedelta(hours=1))
            jobs.enqueue("test.note", {"n": 4}, run_at=NOON + timedelta(hours=1))
        assert work_off(app) == 3
    assert [call["n"] for call in ran] == [1, 2, 3]


def test_a_unique_job_waits_once_but_may_come_again_when_done(app: APIFlask, ran: Ran) -> None:
    put(key="same")
    put(key="same")
    assert work_off(app) == 1

    put(key="same")
    assert work_off(app) == 1


def test_failure_is_tried_again_later_and_later_then_given_up(app: APIFlask, ran: Ran) -> None:
    raising(ValueError("no\x00luck"))
    moment, pauses = NOON, []
    with clock.freeze(moment):
        put("test.fail")
    for _ in range(3):
        with clock.freeze(moment):
            assert work_off(app) == 1
        pauses.append((rows()[0].run_at - moment).total_seconds())
        moment = rows()[0].run_at

    [row] = rows()
    assert (row.state, row.attempts, row.error) == ("failed", 3, "ValueError: noluck")
    assert 7 <= pauses[0] <= 13
    assert 22 <= pauses[1] <= 38


def test_permanent_failures_and_unknown_names_fail_at_once(app: APIFlask, ran: Ran) -> None:
    raising(PermanentFailure("The page is gone."))
    put("test.fail")
    put("test.unheard")
    assert work_off(app) == 2

    assert [(row.state, row.attempts) for row in rows()] == [("failed", 1)] * 2
    assert [row.error for row in rows()] == [
        "The page is gone.",
        "No part that is switched on has a job named test.unheard.",
    ]


def test_a_postponed_job_keeps_its_attempts(app: APIFlask, ran: Ran) -> None:
    raising(Postponed(30, "One page a second from this host."), attempts=1)
    with clock.freeze(NOON):
        put("test.fail")
        work_off(app)
    [row] = rows()
    assert (row.state, row.attempts, row.run_at) == ("waiting", 0, NOON + timedelta(seconds=30))


def test_a_lost_workers_job_is_taken_over_and_its_late_end_is_ignored(app: APIFlask, ran: Ran) -> None:
    with clock.freeze(NOON):
        put()
        [lost] = claims.claim(1)
        assert claims.claim(1) == []
    with clock.freeze(NOON + timedelta(seconds=59)):
        assert claims.take_over_lost() == 0
    with clock.freeze(NOON + timedelta(seconds=61)):
        assert claims.take_over_lost() == 1
        [taken] = claims.claim(1)
        claims.record([claims.Outcome(lost, claims.State.DONE)])
        assert rows()[0].state == "running"
        claims.record([claims.Outcome(taken, claims.State.DONE)])
    assert (rows()[0].state, rows()[0].attempts) == ("done", 2)


def test_a_renewed_lease_is_not_lost_and_a_job_given_back_is_as_new(app: APIFlask, ran: Ran) -> None:
    with clock.freeze(NOON):
        put()
        [claim] = claims.claim(1)
    with clock.freeze(NOON + timedelta(seconds=50)):
        claims.renew([claim])
    with clock.freeze(NOON + timedelta(seconds=100)):
        assert claims.take_over_lost() == 0
        claims.give_back([claim])
    [row] = rows()
    assert (row.state, row.attempts, row.lease_until) == ("waiting", 0, None)


def test_losing_every_attempt_is_failure(app: APIFlask, ran: Ran) -> None:
    put()
    for hour in range(5):
        with clock.freeze(clock.now() + timedelta(hours=hour)):
            claims.claim(1)
        with clock.freeze(clock.now() + timedelta(hours=hour, minutes=2)):
            claims.take_over_lost()
    assert (rows()[0].state, rows()[0].attempts) == ("failed", 5)


def test_a_schedule_runs_at_once_then_every_so_often_from_one_runner(app: APIFlask, ran: Ran) -> None:
    register(Job("test.note", lambda **arguments: ran.append(arguments), 5, 3600))
    for minutes, expected in ((0, 1), (1, 1), (61, 2)):
        with clock.freeze(NOON + timedelta(minutes=minutes)):
            schedules.enqueue_due()
            schedules.enqueue_due()
            work_off(app)
        assert len(ran) == expected


def test_old_history_is_forgotten_failures_later(app: APIFlask, ran: Ran) -> None:
    with clock.freeze(NOON):
        put()
        put("test.unheard")
        put(run_at=NOON + timedelta(days=400))
        work_off(app)
    for days, left in ((6, 3), (8, 2), (31, 1)):
        with clock.freeze(NOON + timedelta(days=days)):
            claims.forget_history()
        assert len(rows()) == left


def test_a_job_can_translate_and_gives_its_session_back(app: APIFlask, ran: Ran) -> None:
    def speak() -> None:
        db.session().execute(select(JobRow.id))
        ran.append({"word": gettext("Bread")})

    register(Job("test.speak", speak, 1, None))
    put("test.speak")
    work_off(app)
    assert ran == [{"word": "Bread"}]
    assert rows()[0].error is None


def test_two_runners_with_many_threads_run_each_job_once(app: APIFlask, ran: Ran) -> None:
    with db.unit_of_work():
        jobs.enqueue_many("test.note", [{"n": n} for n in range(200)], unique_keys=[None] * 200)
    runners = [Runner(app), Runner(app)]
    for runner in runners:
        runner.start()
    wait_until(lambda: all(row.state == "done" for row in rows()))
    for runner in runners:
        runner.stop()
    assert sorted(call["n"] for call in ran) == list(range(200))
    assert {row.attempts for row in rows()} == {1}


def test_a_stopped_runner_waits_for_what_runs(app: APIFlask, ran: Ran) -> None:
    started, proceed = threading.Event(), threading.Event()

    def slow() -> None:
        started.set()
        proceed.wait(10)

    register(Job("test.slow", slow, 1, None))
    put("test.slow")
    runner = Runner(app)
    runner.start()
    assert started.wait(10)
    stopping = threading.Thread(target=runner.stop)
    stopping.start()
    proceed.set()
    stopping.join(10)
    assert rows()[0].state == "done"


def test_a_stopped_runner_gives_back_what_does_not_end(app: APIFlask, ran: Ran) -> None:
    started, proceed = threading.Event(), threading.Event()

    def stuck() -> None:
        started.set()
        proceed.wait(10)

    register(Job("test.stuck", stuck, 1, None))
    put("test.stuck")
    runner = Runner(app)
    runner.start()
    assert started.wait(10)
    runner.stop(grace=0.1)
    assert (rows()[0].state, rows()[0].attempts) == ("waiting", 0)
    proceed.set()


def test_the_bell_wakes_the_runner_at_once(app: APIFlask, ran: Ran, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trackeep.core.jobs.runner.POLL_SECONDS", 60.0)
    runner = Runner(app)
    runner.start()
    put(n=1)
    wait_until(lambda: bool(ran))
    put(n=2)
    wait_until(lambda: len(ran) == 2)
    runner.stop()


def wait_until(true: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline, pause = clock.now() + timedelta(seconds=seconds), threading.Event()
    while not true():
        assert clock.now() < deadline
        pause.wait(0.02)


def test_while_others_need_the_process_one_job_a_second_begins(app: APIFlask, ran: Ran) -> None:
    busy = [True]
    runner = Runner(app, threads=4, is_busy=lambda: busy[0])
    for number in range(6):
        put(n=number)

    with monotonic(100.0):
        take_turns(runner, 3)
        assert len(ran) == 1
    with monotonic(101.0):
        take_turns(runner, 3)
        assert len(ran) == 2
        busy[0] = False
        take_turns(runner, 1)
        assert len(ran) == 6


@contextmanager
def monotonic(seconds: float) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("trackeep.core.jobs.runner.time.monotonic", lambda: seconds)
        yield


def take_turns(runner: Runner, count: int) -> None:
    """Each followed by the end of what it began."""
    for _ in range(count):
        runner._turn()
        for thread in threading.enumerate():
            if thread.name.startswith("job-"):
                thread.join(5)
