"""Signals and requests end up in the measures, under labels that nobody from outside can make up."""

import pytest
from apiflask import APIFlask

from extensions import events
from trackeep.core.measures import EXTENSION
from trackeep.core.measures.listening import Listener
from trackeep.core.measures.measures import Measures, Samples, samples


@pytest.fixture
def measures(app: APIFlask) -> Measures:
    """Those of the application, without what earlier tests counted."""
    found: Measures = app.extensions[EXTENSION].measures
    found.tally.take()
    return found


def announced() -> Samples:
    """All that the signals below leave."""
    measures = Measures()
    # Signals hold their receivers weakly.
    held = [Listener(measures.tally)]
    events.redis_called.send("cache", seconds=0.0004, error="")
    events.redis_called.send("cache", seconds=0.05, error="timeout")
    events.breaker_changed.send("cache", is_open=True, reason="timeout")
    events.breaker_changed.send("cache", is_open=False, reason="")
    events.cache_asked.send("profile", outcome="hit", seconds=0.0, size=900)
    events.cache_asked.send("profile", outcome="miss", seconds=0.2, size=100)
    events.cache_failed.send("profile", reason="poisoned")
    events.session_asked.send("token", outcome="row")
    events.limit_asked.send("api", allowed=False, by="redis")
    events.versions_read.send("versions", near=2, redis=1, sql=0)
    held.clear()
    measures.pour()
    return samples(measures.collected())


@pytest.mark.parametrize(
    ("name", "labels", "value"),
    [
        ("redis_seconds_count", {"use": "cache"}, 2),
        ("redis_errors_total", {"use": "cache", "error": "timeout"}, 1),
        ("redis_breaker_openings_total", {"use": "cache"}, 1),
        ("cache_answers_total", {"resource": "profile", "outcome": "hit"}, 1),
        ("cache_answers_total", {"resource": "profile", "outcome": "miss"}, 1),
        ("cache_bytes_total", {"resource": "profile"}, 1000),
        ("cache_compute_seconds_sum", {"resource": "profile"}, 0.2),
        ("cache_failures_total", {"resource": "profile", "reason": "poisoned"}, 1),
        ("session_lookups_total", {"kind": "token", "outcome": "row"}, 1),
        ("limit_permits_total", {"limit": "api", "by": "redis", "outcome": "refused"}, 1),
        ("versions_read_total", {"source": "near"}, 2),
    ],
)
def test_what_the_extensions_announce_is_counted(name: str, labels: dict[str, str], value: float) -> None:
    assert announced()[name, tuple(sorted(labels.items()))] == value


def test_what_did_not_happen_has_no_series() -> None:
    assert ("versions_read_total", (("source", "sql"),)) not in announced()


def test_requests_are_counted_by_endpoint_never_by_address(app: APIFlask, measures: Measures) -> None:
    client = app.test_client()
    client.get("/health/live")
    client.get("/reset/a-secret-that-must-not-be-told")
    client.get("/nowhere/at/all")
    client.open("/health/live", method="PROPFIND")
    counted = measures.tally.take()
    labels = {key[1] for key in counted.durations if key[0] == "requests"}
    assert ("GET", "health_live", "2xx") in labels
    assert {method for method, _endpoint, _status in labels} == {"GET", "other"}
    assert "none" in {endpoint for _method, endpoint, _status in labels}
    assert "secret" not in str(labels)


def test_one_tally_of_requests_becomes_a_count_and_a_histogram_by_part() -> None:
    measures = Measures()
    for endpoint in ("tags.index", "tags.index", "tags.edit"):
        measures.tally.time("requests", ("GET", endpoint, "2xx"), 0.5)
    measures.pour()
    found = samples(measures.collected())
    labels = (("endpoint", "tags.index"), ("method", "GET"), ("status", "2xx"))
    assert found["requests_total", labels] == 2
    assert found["request_seconds_count", (("part", "tags"),)] == 3
    assert found["request_seconds_sum", (("part", "tags"),)] == 1.5
