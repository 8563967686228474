"""The days of a rule, held against the calendar and against the library's own reading of the same text."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import at_most
from trackeep.tasks.recurrence import Origin, UnusableRule, checked, next_due, next_turn, occurrences

BERLIN = ZoneInfo("Europe/Berlin")
SAMOA = ZoneInfo("Pacific/Apia")


def after(rule: str, due: date, done: date | None = None, start_from: Origin = "due") -> date | None:
    day = done or due
    completed = datetime(day.year, day.month, day.day, 12, tzinfo=BERLIN)
    return next_due(rule, due=due, completed=completed, start_from=start_from, zone=BERLIN)


@pytest.mark.parametrize(
    ("rule", "due", "expected"),
    [
        ("FREQ=DAILY", date(2026, 12, 31), date(2027, 1, 1)),
        ("FREQ=DAILY;INTERVAL=3", date(2026, 11, 27), date(2026, 11, 30)),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", date(2026, 11, 27), date(2026, 11, 30)),
        ("FREQ=WEEKLY", date(2026, 11, 27), date(2026, 12, 4)),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", date(2026, 11, 26), date(2026, 12, 7)),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU", date(2026, 11, 29), date(2026, 11, 30)),
        ("FREQ=MONTHLY", date(2026, 1, 31), date(2026, 3, 31)),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", date(2026, 1, 31), date(2026, 2, 28)),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", date(2026, 3, 13), date(2026, 11, 13)),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", date(2026, 10, 30), date(2026, 11, 30)),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", date(2027, 1, 29), date(2027, 2, 26)),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU", date(2026, 11, 10), date(2027, 2, 9)),
        ("FREQ=YEARLY", date(2024, 2, 29), date(2028, 2, 29)),
        ("FREQ=YEARLY", date(2096, 2, 29), date(2104, 2, 29)),
        ("FREQ=YEARLY;BYMONTH=3,12", date(2026, 12, 24), date(2027, 3, 24)),
        ("FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", date(2026, 10, 25), date(2027, 10, 31)),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29", date(2026, 1, 1), date(2028, 2, 29)),
    ],
)
def test_the_next_time(rule: str, due: date, expected: date) -> None:
    assert after(rule, due) == expected


@pytest.mark.parametrize(
    ("rule", "due", "done", "expected"),
    [
        ("FREQ=DAILY", date(2026, 11, 1), date(2026, 11, 27), date(2026, 11, 27)),
        ("FREQ=DAILY;INTERVAL=5", date(2026, 11, 1), date(2026, 11, 27), date(2026, 12, 1)),
        ("FREQ=WEEKLY;INTERVAL=2", date(2026, 11, 2), date(2026, 11, 27), date(2026, 11, 30)),
        ("FREQ=MONTHLY;INTERVAL=5", date(2026, 1, 15), date(2026, 11, 27), date(2027, 4, 15)),
        ("FREQ=YEARLY;INTERVAL=3", date(2020, 5, 5), date(2026, 11, 27), date(2029, 5, 5)),
        ("FREQ=DAILY", date(1970, 1, 1), date(2026, 11, 27), date(2026, 11, 27)),
    ],
)
def test_what_is_overdue_does_not_come_again_in_the_past(rule: str, due: date, done: date, expected: date) -> None:
    assert after(rule, due, done) == expected


def test_what_is_done_early_comes_after_its_day_and_not_twice() -> None:
    assert after("FREQ=WEEKLY", date(2026, 11, 30), date(2026, 11, 27)) == date(2026, 12, 7)


@pytest.mark.parametrize(
    ("rule", "done", "expected"),
    [
        ("FREQ=DAILY;INTERVAL=3", date(2026, 11, 27), date(2026, 11, 30)),
        ("FREQ=DAILY;INTERVAL=3", date(2026, 11, 5), date(2026, 11, 8)),
        ("FREQ=MONTHLY", date(2026, 11, 27), date(2026, 12, 27)),
        ("FREQ=WEEKLY;BYDAY=TU", date(2026, 11, 8), date(2026, 11, 17)),
        ("FREQ=WEEKLY;BYDAY=TU", date(2026, 11, 24), date(2026, 12, 1)),
    ],
)
def test_from_completion(rule: str, done: date, expected: date) -> None:
    assert after(rule, date(2026, 11, 10), done, "completion") == expected


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (datetime(2026, 3, 28, 9, tzinfo=BERLIN), datetime(2026, 3, 29, 7, tzinfo=UTC)),
        (datetime(2026, 10, 24, 9, tzinfo=BERLIN), datetime(2026, 10, 25, 8, tzinfo=UTC)),
        (datetime(2026, 3, 28, 2, 30, tzinfo=BERLIN), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (datetime(2026, 10, 24, 2, 30, tzinfo=BERLIN), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (datetime(2026, 11, 27, 23, 30, tzinfo=UTC), datetime(2026, 11, 28, 23, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_keeps_its_time_on_the_clock(due: datetime, expected: datetime) -> None:
    found = next_due("FREQ=DAILY", due=due, completed=due, start_from="due", zone=BERLIN)
    assert found == expected


def test_a_person_who_moves_counts_days_where_they_are() -> None:
    due = datetime(2026, 11, 30, 5, tzinfo=UTC)  # Monday in Berlin, Monday evening in Samoa
    completed = datetime(2026, 11, 30, 12, tzinfo=UTC)  # Tuesday in Samoa
    in_berlin = next_due("FREQ=WEEKLY;BYDAY=MO", due=due, completed=completed, start_from="completion", zone=BERLIN)
    in_samoa = next_due("FREQ=WEEKLY;BYDAY=TU", due=due, completed=completed, start_from="completion", zone=SAMOA)
    assert in_berlin == datetime(2026, 12, 7, 5, tzinfo=UTC)
    assert in_samoa == datetime(2026, 12, 8, 5, tzinfo=UTC)


def test_a_rule_ends_after_its_number_of_times() -> None:
    rule, due, seen = "FREQ=WEEKLY;COUNT=3", date(2026, 11, 2), [date(2026, 11, 2)]
    completed = datetime(2026, 11, 2, tzinfo=UTC)
    while turn := next_turn(rule, due=due, completed=completed, start_from="due", zone=BERLIN):
        rule, due = turn.rule, turn.due
        seen.append(due)
    assert seen == [date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)]
    assert rule == "FREQ=WEEKLY;COUNT=1"


def test_times_that_passed_unseen_count() -> None:
    completed = datetime(2026, 11, 17, tzinfo=UTC)
    turn = next_turn("FREQ=WEEKLY;COUNT=5", due=date(2026, 11, 2), completed=completed, start_from="due", zone=BERLIN)
    assert turn
    assert (turn.due, turn.rule) == (date(2026, 11, 23), "FREQ=WEEKLY;COUNT=2")


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        ("20261127", None),
        ("20261128", datetime(2026, 11, 28, 8, tzinfo=UTC)),
        ("20261128T080000Z", datetime(2026, 11, 28, 8, tzinfo=UTC)),
        ("20261128T075959Z", None),
    ],
)
def test_a_rule_ends_on_its_day_or_moment(until: str, expected: datetime | None) -> None:
    due = datetime(2026, 11, 27, 9, tzinfo=BERLIN)
    assert next_due(f"FREQ=DAILY;UNTIL={until}", due=due, completed=due, start_from="due", zone=BERLIN) == expected


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        ("FREQ=DAILY;INTERVAL=7;BYDAY=TU", date(2026, 11, 30)),
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", date(2026, 2, 1)),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29", date(2025, 1, 1)),
        ("FREQ=YEARLY;BYMONTH=2", date(2026, 1, 31)),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", date(2026, 1, 31)),
        ("FREQ=YEARLY;BYDAY=MO;BYMONTHDAY=1;BYMONTH=1;BYSETPOS=2", date(2026, 1, 31)),
    ],
)
def test_a_rule_that_never_comes_true_is_soon_over(rule: str, due: date) -> None:
    with at_most(0.3):
        assert after(rule, due) is None


@pytest.mark.parametrize("frequency", ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
def test_the_calendar_itself_ends(frequency: str) -> None:
    completed = datetime(2026, 1, 1, tzinfo=UTC)
    found = next_due(f"FREQ={frequency}", due=date.max, completed=completed, start_from="due", zone=BERLIN)
    assert found is None


def test_a_calendar_shows_what_comes_in_a_month() -> None:
    due = datetime(2026, 10, 20, 9, tzinfo=BERLIN)
    found = occurrences(
        "FREQ=WEEKLY;INTERVAL=2", due=due, first=date(2026, 11, 1), last=date(2026, 11, 30), zone=BERLIN
    )
    assert found == [datetime(2026, 11, 3, 8, tzinfo=UTC), datetime(2026, 11, 17, 8, tzinfo=UTC)]


def test_a_calendar_respects_the_number_of_times() -> None:
    found = occurrences(
        "FREQ=DAILY;COUNT=4", due=date(2026, 10, 29), first=date(2026, 11, 1), last=date(2026, 11, 30), zone=BERLIN
    )
    assert found == [date(2026, 11, 1)]


def test_a_calendar_without_end_is_bounded() -> None:
    found = occurrences("FREQ=DAILY", due=date(2026, 1, 1), first=date(2026, 1, 1), last=date.max, zone=BERLIN)
    assert len(found) == 400


_dates = st.dates(date(1990, 1, 1), date(2200, 1, 1))
_weekdays = st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, max_size=4, unique=True)


@st.composite
def _rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 5))}"]
    if draw(st.booleans()):
        parts.append(f"BYDAY={','.join(draw(_weekdays))}")
        if frequency in {"MONTHLY", "YEARLY"} and draw(st.booleans()):
            parts.append(f"BYSETPOS={draw(st.sampled_from([1, 2, -1, -2]))}")
    elif frequency != "WEEKLY" and draw(st.booleans()):
        parts.append(f"BYMONTHDAY={draw(st.integers(1, 28))}")
    if draw(st.booleans()):
        parts.append(f"BYMONTH={draw(st.integers(1, 6))},{draw(st.integers(7, 12))}")
    return ";".join(parts)


@settings(max_examples=100)
@given(_rules(), _dates)
def test_the_days_are_those_of_the_library(rule: str, due: date) -> None:
    """The library reads the same text from the same day, in its own way; what it finds within ten years is the same."""
    last = due + timedelta(3_650)
    theirs = rrulestr(f"{rule};UNTIL={last:%Y%m%d}", dtstart=datetime(due.year, due.month, due.day))  # noqa: DTZ001
    expected = [moment.date() for moment in islice(theirs, 21) if moment.date() > due][:20]
    found = occurrences(rule, due=due, first=due, last=last, zone=BERLIN)
    assert found[: len(expected)] == expected
    assert len(found) >= len(expected)


@settings(max_examples=100)
@given(_rules(), _dates, st.integers(0, 2_000), st.sampled_from(["due", "completion"]))
def test_the_next_time_is_always_later(rule: str, due: date, late: int, start_from: Origin) -> None:
    done = due + timedelta(late)
    found = after(rule, due, done, start_from)
    if found is not None:
        assert found > due
        assert found >= done
        assert checked(rule)


def test_a_broken_rule_is_refused() -> None:
    with pytest.raises(UnusableRule):
        after("FREQ=HOURLY", date(2026, 1, 1))


@pytest.mark.parametrize("until", ["99991231T235959Z", "99991231", "90010101"])
def test_an_end_behind_the_calendar_is_none(until: str) -> None:
    assert checked(f"FREQ=DAILY;UNTIL={until}") == "FREQ=DAILY"


@pytest.mark.parametrize("until", ["00010101T000000Z", "00010101", "19691231T235959Z"])
def test_no_rule_ends_before_the_calendar_begins(until: str) -> None:
    """Told in a zone to the west it would have no year any more."""
    with pytest.raises(UnusableRule):
        checked(f"FREQ=DAILY;UNTIL={until}")


def test_a_rule_is_over_at_the_end_of_the_calendar() -> None:
    assert after("FREQ=DAILY", date(8999, 12, 31), date(2026, 11, 27)) == date(9000, 1, 1)
    assert after("FREQ=DAILY", date(9000, 1, 1), date(2026, 11, 27)) is None
    assert occurrences("FREQ=DAILY", due=date(8999, 12, 30), first=date(8999, 12, 1), last=date.max, zone=SAMOA) == [
        date(8999, 12, 31),
        date(9000, 1, 1),
    ]
