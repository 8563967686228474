"""What the system page and its API show to administrators."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.people import Browser, People
from trackeep.admin.system import system_state
from trackeep.core import clock
from trackeep.core.measures import nodes
from trackeep.core.measures.figures import CacheFigures, Figures, ServerFigures, Told, UseFigures

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CALM = Figures(
    requests=2.0,
    p95_ms=40.0,
    cache={"profile": CacheFigures(hits=98, misses=2)},
    uses={"cache": UseFigures(calls=4.0, mean_ms=0.5, failures={"timeout": 1})},
    servers={"redis:6379": ServerFigures(role="master", used_memory=10, max_memory=100, clients=3)},
)
FULL = Figures(servers={"<b>redis</b>:6379": ServerFigures(used_memory=90, max_memory=100)}, due_seconds=900.0)


@pytest.fixture
def admin(people: People) -> Browser:
    people.add("admin", is_admin=True)
    return people.browser("admin")


def test_the_newest_summary_of_a_node_counts_and_a_silent_one_does_not() -> None:
    told = [
        Told("one", NOON - timedelta(seconds=5), Figures(requests=2.0, due_seconds=3.0)),
        Told("one", NOON - timedelta(seconds=15), Figures(requests=9.0)),
        Told("two", NOON - timedelta(minutes=3), Figures(requests=7.0, due_seconds=999.0)),
    ]
    state = system_state(told, {"cache": ""}, NOON)
    assert [(node.name, node.is_silent) for node in state.nodes] == [("one", False), ("two", True)]
    assert state.totals.requests == 2.0
    assert (state.level, state.alerts) == ("good", [])


def test_uses_are_added_up_over_nodes() -> None:
    told = [Told("one", NOON, CALM), Told("two", NOON, Figures(uses={"cache": UseFigures(calls=12.0, mean_ms=0.1)}))]
    state = system_state(told, {"cache": "redis://redis:6379/0", "limits": ""}, NOON)
    cache, limits = state.uses
    assert (cache.calls, round(cache.mean_ms, 3), cache.failures) == (16.0, 0.2, {"timeout": 1})
    assert (cache.is_on, limits.is_on, state.has_redis) == (True, False, True)
    assert (state.resources[0].hit_rate, state.hit_rate) == (0.98, 0.98)


def test_before_anything_was_told_nothing_is_judged() -> None:
    state = system_state([], {"cache": ""}, NOON)
    assert (state.level, state.has_redis, state.totals.p95_ms, state.hit_rate) == ("", False, None, None)


@pytest.mark.usefixtures("without_redis")
def test_an_empty_page_teaches(admin: Browser) -> None:
    page = admin.get("/admin/system").text
    assert "Nothing is measured yet" in page
    assert "Redis is not used, and nothing is missing." in page


def test_the_page_tells_what_is_wrong_and_what_to_do(admin: Browser) -> None:
    nodes.write("one", FULL)
    page = admin.get("/admin/system?span=day").text
    assert "Something is wrong" in page
    assert "Background work is 15 minutes late" in page
    assert "&lt;b&gt;redis" in page
    assert "<b>redis" not in page
    assert "Background work is 15 minutes late" in admin.get("/admin").text
    assert "2 things to look at" in admin.get("/admin").text


def test_what_is_renewed_brings_the_details_along(admin: Browser) -> None:
    nodes.write("one", CALM)
    part = admin.get("/admin/system", partial=True).text
    assert part.count("hx-swap-oob") == 1
    assert "Everything is well" in part
    assert "data-chart" not in part
    assert "<html" not in part


def test_the_api_tells_the_same(admin: Browser) -> None:
    nodes.write("one", CALM)
    told = admin.get("/api/v1/admin/system").get_json()
    assert (told["health"], told["level"], told["alerts"]) == ("ok", "good", [])
    assert told["nodes"][0]["name"] == "one"
    assert told["servers"][0]["place"] == "redis:6379"
    assert told["resources"] == [{"name": "profile", "hits": 98, "misses": 2, "hit_rate": 0.98}]
    assert {use["name"] for use in told["uses"]} == {"sessions", "freshness", "cache", "limits", "bell"}


@pytest.mark.parametrize(("span", "step"), [("hour", 30), ("day", 360)])
def test_the_history_comes_in_steps(admin: Browser, span: str, step: int) -> None:
    with clock.freeze(NOON):
        nodes.write("one", CALM)
    with clock.freeze(NOON + timedelta(seconds=20)):
        told = admin.get(f"/api/v1/admin/system/history?span={span}").get_json()
    assert (told["span"], told["step_seconds"]) == (span, step)
    [moment] = told["moments"]
    assert (moment["requests"], moment["hit_rate"]) == (2.0, 0.98)


def test_an_unknown_span_is_refused(admin: Browser) -> None:
    assert admin.get("/admin/system?span=year").status_code == 422
    assert admin.get("/api/v1/admin/system/history?span=year").status_code == 422


@pytest.mark.parametrize("path", ["/admin/system", "/api/v1/admin/system", "/api/v1/admin/system/history"])
def test_for_others_it_does_not_exist(admin: Browser, people: People, path: str) -> None:
    people.add("alice")
    assert people.browser("alice").get(path).status_code == 404
