"""When a link counts as broken, and when it is looked at again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trackeep.bookmarks.liveness import ENOUGH, LinkState, Seen, Sight, Standing, judge, next_visit

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def seen(sight: Sight) -> Seen:
    return Seen(sight, reached=True)


def after(*sights: Sight, step: timedelta = DAY) -> Standing:
    standing, moment = Standing(), NOON
    for sight in sights:
        standing = judge(standing, seen(sight), moment)
        moment += step
    return standing


@pytest.mark.parametrize(("sight", "enough"), ENOUGH.items())
def test_only_so_many_failures_on_different_days_make_it_broken(sight: Sight, enough: int) -> None:
    states = [after(*[sight] * number).state for number in range(1, enough + 1)]
    assert states == [*[LinkState.UNREACHABLE] * (enough - 1), LinkState.BROKEN]
    assert after(*[sight] * 10, step=timedelta(minutes=5)).state is LinkState.UNREACHABLE


def test_a_sign_of_life_begins_anew() -> None:
    assert after(Sight.DEAD, Sight.DEAD, Sight.ALIVE, Sight.DEAD, Sight.DEAD).state is LinkState.UNREACHABLE
    assert after(*[Sight.DEAD] * 3, Sight.ALIVE).state is LinkState.OK


def test_trouble_and_closed_doors_never_break_a_link() -> None:
    assert after(*[Sight.TROUBLED] * 20).state is LinkState.UNREACHABLE
    assert after(*[Sight.SHUT] * 20).state is LinkState.BLOCKED
    assert after(*[Sight.REFUSED] * 20).state is LinkState.UNKNOWN
    assert after(Sight.DEAD, Sight.TROUBLED, Sight.DEAD, Sight.DEAD).state is LinkState.BROKEN


def test_what_is_marked_as_fine_bothers_nobody_until_it_was_alive() -> None:
    fine = Standing(LinkState.BROKEN, 2, NOON, ignored=True)
    still = judge(fine, seen(Sight.GONE), NOON + DAY)
    assert (still.state, still.ignored, still.is_broken) == (LinkState.BROKEN, True, False)
    assert judge(still, seen(Sight.ALIVE), NOON + DAY).ignored is False


@given(st.lists(st.sampled_from(Sight), max_size=30), st.integers(0, 40))
def test_the_next_visit_always_lies_ahead_and_not_too_far(sights: list[Sight], days: int) -> None:
    standing, interval = after(*sights), timedelta(days=days)
    moment = next_visit(standing, NOON, interval)
    assert NOON < moment <= NOON + max(interval, timedelta(days=30)) * 1.2
    if standing.state is LinkState.UNREACHABLE and days != 1:
        assert (moment - NOON) > DAY
