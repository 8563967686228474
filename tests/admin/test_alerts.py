"""Which figures make an alert, and just not."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from trackeep.admin.alerts import Alert, find_alerts
from trackeep.core.measures.figures import CacheFigures, Figures, ServerFigures, Told, UseFigures

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@dataclass
class Case:
    kind: str
    bad: Figures
    good: Figures


def server(**figures: object) -> Figures:
    return Figures(servers={"redis:6379": ServerFigures(**figures)})  # type: ignore[arg-type]  # of several types


def cached(hits: int, misses: int) -> Figures:
    """In tens of answers."""
    return Figures(cache={"profile": CacheFigures(hits=10 * hits, misses=10 * misses)})


CASES = [
    Case("redis_memory", server(used_memory=81, max_memory=100), server(used_memory=80, max_memory=100)),
    Case("redis_evictions", server(evictions=101.0), server(evictions=100.0)),
    Case("redis_clients", server(clients=91, max_clients=100), server(clients=90, max_clients=100)),
    Case("redis_slow", server(slow_commands=1, slowest_ms=12.0), server(slow_commands=None)),
    Case("redis_lag", server(lag_seconds=2.0), server(lag_seconds=1.0)),
    Case("breaker_open", Figures(uses={"cache": UseFigures(is_open=True)}), Figures(uses={"cache": UseFigures()})),
    Case("redis_silent", Figures(silent=["redis://redis:6379/0"]), Figures()),
    Case("late_jobs", Figures(due_seconds=301.0), Figures(due_seconds=300.0)),
    Case("hit_rate", cached(79, 21), cached(80, 20)),
    Case("hit_rate", cached(0, 100), cached(0, 99)),
]


def alerts_of(*figures: Figures) -> list[Alert]:
    """Of one node that told these, the newest first."""
    told = [Told("one", NOON - timedelta(seconds=10 * age), each) for age, each in enumerate(figures)]
    return find_alerts(figures[:1], told)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.kind)
def test_the_bound_itself_is_no_alert(case: Case) -> None:
    assert alerts_of(case.good) == []
    [alert] = alerts_of(case.bad)
    assert alert.kind == case.kind


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.kind)
def test_each_says_what_it_means_and_what_to_do(case: Case) -> None:
    [alert] = alerts_of(case.bad)
    assert all((alert.title, alert.meaning, alert.advice, alert.chapter))
    assert "%" not in alert.title.replace(" %", "")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.kind)
def test_each_has_a_chapter_in_the_operations_guide(case: Case) -> None:
    [alert] = alerts_of(case.bad)
    assert f"\n### {alert.chapter}\n" in (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def test_nothing_told_is_no_alert() -> None:
    assert find_alerts([], []) == []


def test_evictions_are_those_of_the_last_minutes() -> None:
    assert alerts_of(server(evictions=150.0), server(), server()) == []
    assert [alert.kind for alert in alerts_of(server(), server(evictions=300.0))] == ["redis_evictions"]


def test_a_slow_command_is_told_for_five_minutes_and_once_however_many_nodes_saw_it() -> None:
    slow = server(slow_commands=2, slowest_ms=40.0)
    told = [Told("one", NOON, server()), Told("two", NOON, server()), Told("one", NOON, slow), Told("two", NOON, slow)]
    [alert] = find_alerts([server(), server()], told)
    assert "2 × above" in alert.title
    assert "40 ms" in alert.title


def test_hits_of_all_nodes_and_of_some_minutes_are_added() -> None:
    told = [Told(node, NOON, cached(30, 20)) for node in ("one", "two", "one")]
    [alert] = find_alerts([told[0].figures], told)
    assert "60 %" in alert.title


def test_a_use_that_several_nodes_gave_up_is_told_once_and_the_gravest_comes_first() -> None:
    given_up = Figures(uses={"cache": UseFigures(is_open=True)}, due_seconds=900.0)
    kinds = [alert.kind for alert in find_alerts([given_up, given_up], [])]
    assert kinds == ["late_jobs", "breaker_open"]


def test_a_use_that_was_given_up_tells_enough_of_a_silent_redis() -> None:
    figures = Figures(uses={"cache": UseFigures(is_open=True)}, silent=["redis://redis:6379/0"])
    assert [alert.kind for alert in alerts_of(figures)] == ["breaker_open"]


def test_a_server_that_no_longer_answers_is_not_judged_by_what_it_said() -> None:
    assert alerts_of(Figures(), server(used_memory=99, max_memory=100)) == []
