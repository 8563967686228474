"""The thread that writes summaries: only where something is served, one process a node, and never a reason to fail."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from apiflask import APIFlask
from sqlalchemy import text
from structlog.testing import capture_logs

from trackeep.core import clock, db, jobs
from trackeep.core.measures import EXTENSION, Measuring, nodes
from trackeep.core.measures.figures import Told
from trackeep.core.measures.measures import FOLDER_VARIABLE
from trackeep.core.measures.reporter import Leadership, Reporter


@pytest.fixture
def measuring(app: APIFlask) -> Iterator[Measuring]:
    made = Measuring()
    yield made
    made.stop()


def told() -> list[Told]:
    return nodes.recent(timedelta(minutes=5))


def test_the_first_look_only_begins_and_the_second_is_told(measuring: Measuring) -> None:
    measuring.reporter.report()
    assert told() == []
    measuring.measures.tally.add("requests", ("GET", "home.index", "2xx"), 30)
    measuring.measures.pour()
    with db.unit_of_work():
        jobs.enqueue("core.forget_old_turns", {})
    with clock.freeze(clock.now() + timedelta(minutes=7)):
        measuring.reporter.report()
        [summary] = told()
    assert summary.figures.requests > 0
    assert summary.figures.waiting_jobs == 1
    assert 410 < summary.figures.due_seconds < 430
    assert summary.figures.memory > 10 * 1024**2
    assert summary.node == measuring.reporter.node


def test_of_processes_that_share_a_folder_one_leads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    first, second = Leadership(), Leadership()
    assert first.is_ours()
    assert not second.is_ours()
    assert first.is_ours()
    first.give_up()
    assert second.is_ours()


def test_a_database_that_fails_is_told_once_and_survived(measuring: Measuring) -> None:
    measuring.reporter.report()
    with db.unit_of_work() as session:
        session.execute(text("ALTER TABLE node_summaries RENAME TO hidden"))
    try:
        with capture_logs() as logs:
            for _ in range(3):
                measuring.reporter.survive(measuring.reporter.report)
        assert [entry["event"] for entry in logs] == ["summary_not_written"]
    finally:
        with db.unit_of_work() as session:
            session.execute(text("ALTER TABLE hidden RENAME TO node_summaries"))
    measuring.reporter.survive(measuring.reporter.report)
    assert len(told()) == 1


def test_a_mistake_is_logged_and_survived(measuring: Measuring) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    with capture_logs() as logs:
        measuring.reporter.survive(fail)
    assert [entry["event"] for entry in logs] == ["measures_failed"]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The roles in which reporters were started, none of which really runs."""
    seen: list[str] = []
    monkeypatch.setattr(Reporter, "start", lambda self, role="web": seen.append(role))
    return seen


def test_only_a_request_of_a_real_server_starts_it(app: APIFlask, started: list[str]) -> None:
    app.test_client().get("/health/live")
    app.test_cli_runner().invoke(args=["doctor"])
    assert started == []
    app.test_client().get("/health/live", environ_overrides={"SERVER_SOFTWARE": "a real server"})
    assert started == ["web"]


def test_it_pours_when_it_ends(app: APIFlask) -> None:
    measuring = Measuring()
    measuring.start()
    measuring.start()
    measuring.measures.tally.add("session_lookups", ("session", "row"))
    measuring.stop()
    names = {sample.name: sample.value for metric in measuring.measures.collected() for sample in metric.samples}
    assert names["trackeep_session_lookups_total"] == 1


def test_the_application_has_its_measures(app: APIFlask) -> None:
    assert isinstance(app.extensions[EXTENSION], Measuring)
