"""What grew between two looks."""

import pytest

from trackeep.core.measures.growth import Growth
from trackeep.core.measures.measures import Measures, Samples, samples


def look(*seconds: float, measures: Measures) -> Samples:
    for each in seconds:
        measures.tally.time("request_seconds", ("home",), each)
    measures.pour()
    return samples(measures.collected())


def test_only_what_came_in_between_counts() -> None:
    measures = Measures()
    before = look(*[5.0] * 50, measures=measures)
    growth = Growth(before, look(*[0.02] * 10, measures=measures))
    assert growth.total("request_seconds_count") == 10
    assert growth.total("request_seconds_sum") == pytest.approx(0.2)
    assert 0.01 < (growth.quantile("request_seconds", 0.95) or 0) <= 0.025


def test_without_any_there_is_no_quantile() -> None:
    measures = Measures()
    before = look(1.0, measures=measures)
    assert Growth(before, look(measures=measures)).quantile("request_seconds", 0.5) is None


def test_the_quantiles_lie_where_they_belong() -> None:
    growth = Growth({}, look(*[0.003] * 90, *[0.3] * 10, measures=Measures()))
    assert 0.0025 < (growth.quantile("request_seconds", 0.5) or 0) < 0.005
    assert 0.25 < (growth.quantile("request_seconds", 0.95) or 0) < 0.5


def test_what_is_slower_than_all_classes_is_told_as_the_last_bound() -> None:
    assert Growth({}, look(60.0, measures=Measures())).quantile("request_seconds", 0.5) == 10.0


def test_a_process_that_started_anew_counts_whole() -> None:
    key = ("requests_total", (("status", "2xx"),))
    assert Growth({key: 900.0}, {key: 5.0}).total("requests_total") == 5.0


def test_sums_by_label_leave_out_what_did_not_grow() -> None:
    def key(kind: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        return "redis_errors_total", (("error", kind), ("use", "cache"))

    growth = Growth({key("timeout"): 3.0}, {key("timeout"): 3.0, key("connection"): 2.0})
    assert growth.by("redis_errors_total", "error") == {"connection": 2.0}
