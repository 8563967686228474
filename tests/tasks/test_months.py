"""The days of a calendar: what is due, how many there are, and what will come again."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.statements import counted
from tests.tasks.conftest import Make, Team
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid, NotFound
from trackeep.tasks import queries, service
from trackeep.tasks.filters import Filters

FIRST, LAST = date(2026, 11, 30), date(2027, 1, 10)
CHRISTMAS = date(2026, 12, 24)


def test_a_day_shows_its_first_tasks_and_how_many_there_are(team: Team, me: Actor, make: Make) -> None:
    made = [make(f"Task {number}", due_on=CHRISTMAS) for number in range(6)]
    early = make("Early", due_at=datetime(2026, 12, 24, 8, tzinfo=UTC))
    service.complete_task(me, made[0])
    make("Another day", due_on=CHRISTMAS + timedelta(1))
    make("Without a day")
    days = queries.month_days(me, FIRST, LAST, Filters(space_id=team.id))
    assert {day: each.total for day, each in days.items()} == {"2026-12-24": 7, "2026-12-25": 1}
    # By the time of day, what is finished last.
    assert [item.id for item in days["2026-12-24"].first] == [early, *made[1:4]]


def test_the_number_of_queries_does_not_grow_with_the_month(team: Team, me: Actor, make: Make) -> None:
    def asked() -> int:
        with counted() as sent:
            queries.month_days(me, FIRST, LAST, Filters(space_id=team.id))
        return len(sent)

    make("One", due_on=CHRISTMAS)
    few = asked()
    for number in range(20):
        make(f"Task {number}", due_on=CHRISTMAS + timedelta(number % 7))
    assert asked() == few


def test_what_repeats_is_shown_as_coming(team: Team, me: Actor, make: Make) -> None:
    weekly = make("Water", due_on=date(2026, 11, 20), recurrence="FREQ=WEEKLY")
    timed = make("Call", due_at=datetime(2026, 12, 22, 9, tzinfo=UTC), recurrence="FREQ=DAILY;COUNT=3")
    make("By completion", due_on=date(2026, 12, 1), recurrence="FREQ=DAILY", recurs_from=service.RecursFrom.COMPLETION)
    coming = queries.coming_tasks(me, date(2026, 12, 21), date(2026, 12, 27), Filters(space_id=team.id))
    assert {day: [each.task_id for each in found] for day, found in coming.items()} == {
        "2026-12-23": [timed],
        "2026-12-24": [timed],
        "2026-12-25": [weekly],
    }
    assert coming["2026-12-23"][0].at == datetime(2026, 12, 23, 9, tzinfo=UTC)
    assert coming["2026-12-25"][0].at is None


def test_a_span_is_short_and_of_ones_own(team: Team, me: Actor, make: Make) -> None:
    make("Secret", due_on=CHRISTMAS)
    assert not queries.month_days(team.stranger.actor, FIRST, LAST, Filters())
    with pytest.raises(NotFound):
        queries.month_days(team.stranger.actor, FIRST, LAST, Filters(space_id=team.id))
    for first, last in ((FIRST, FIRST + timedelta(63)), (LAST, FIRST)):
        with pytest.raises(Invalid):
            queries.month_days(me, first, last, Filters())
        with pytest.raises(Invalid):
            queries.coming_tasks(me, first, last, Filters())
