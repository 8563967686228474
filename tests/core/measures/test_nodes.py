"""The summaries in the database: written, added up over time, forgotten after a day."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.statements import counted
from trackeep.core import clock, upkeep
from trackeep.core.measures import nodes
from trackeep.core.measures.figures import CacheFigures, Figures

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOUR, STEP = timedelta(hours=1), timedelta(seconds=30)


def tell(node: str, seconds: int, **figures: object) -> None:
    with clock.freeze(NOON + timedelta(seconds=seconds)):
        nodes.write(node, Figures(**figures))  # type: ignore[arg-type]  # of several types


@pytest.mark.usefixtures("app")
class TestNodes:
    def test_the_newest_come_first_and_keep_their_figures(self) -> None:
        tell("one", 0, requests=1.0)
        tell("two", 10, cache={"profile": CacheFigures(hits=3, misses=1)})
        with clock.freeze(NOON + timedelta(seconds=20)):
            told = nodes.recent(timedelta(minutes=5))
            assert nodes.recent(timedelta(seconds=10))[0].node == "two"
        assert [each.node for each in told] == ["two", "one"]
        assert told[0].figures.cache["profile"].hits == 3
        assert told[0].at == NOON + timedelta(seconds=10)

    def test_rates_of_nodes_are_added_and_the_worst_is_taken(self) -> None:
        for seconds in (0, 10, 20):
            tell("one", seconds, requests=2.0, p95_ms=30.0, due_seconds=5.0)
            tell("two", seconds, requests=4.0, p95_ms=90.0, cache={"a": CacheFigures(hits=3, misses=1)})
        with clock.freeze(NOON + timedelta(minutes=1)):
            [moment] = nodes.history(HOUR, STEP)
        assert (moment.at, moment.requests, moment.p95_ms, moment.due_seconds) == (NOON, 6.0, 90.0, 5.0)
        assert (moment.hit_rate, moment.p50_ms, moment.redis_memory) == (0.75, None, None)

    def test_steps_in_which_nobody_told_anything_are_left_out(self) -> None:
        tell("one", 0)
        tell("one", 300)
        with clock.freeze(NOON + timedelta(minutes=10)):
            moments = nodes.history(HOUR, STEP)
        assert [moment.at for moment in moments] == [NOON, NOON + timedelta(minutes=5)]
        assert moments[0].hit_rate is None

    def test_a_day_is_added_up_by_the_database(self) -> None:
        for seconds in range(0, 600, 10):
            tell("one", seconds)
        with clock.freeze(NOON + timedelta(minutes=10)), counted() as statements:
            assert len(nodes.history(timedelta(hours=24), timedelta(minutes=6))) == 2
        assert len(statements) == 1

    def test_they_are_forgotten_after_a_day(self) -> None:
        tell("one", 0)
        tell("one", 60)
        with clock.freeze(NOON + timedelta(hours=24, seconds=30)):
            upkeep.forget_node_summaries()
            assert len(nodes.recent(timedelta(hours=25))) == 1

    def test_a_long_name_is_cut(self) -> None:
        tell("n" * 500, 0)
        with clock.freeze(NOON):
            assert len(nodes.recent(HOUR)[0].node) == nodes.LONGEST_NAME
