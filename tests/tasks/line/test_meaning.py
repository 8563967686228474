"""What lines mean."""

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import at_most
from trackeep.tasks.line import MAX_LINE, Line, understood
from trackeep.tasks.recurrence import checked

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 27, 12, 30, tzinfo=BERLIN)  # a Friday


def read(text: str) -> Line:
    return replace(understood(text, NOW), spans=())


def test_the_whole_line() -> None:
    assert read("Buy milk tomorrow 9am #errands @home p1 +House every week") == Line(
        title="Buy milk",
        due_on=date(2026, 11, 28),
        due_time=time(9),
        tags=("errands",),
        people=("home",),
        priority=4,
        project="House",
        recurrence="FREQ=WEEKLY",
    )


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", date(2026, 11, 27)),
        ("tomorrow", date(2026, 11, 28)),
        ("tom", date(2026, 11, 28)),
        ("day after tomorrow", date(2026, 11, 29)),
        ("mon", date(2026, 11, 30)),
        ("on Monday", date(2026, 11, 30)),
        ("fri", date(2026, 12, 4)),
        ("this sat", date(2026, 11, 28)),
        ("next mon", date(2026, 11, 30)),
        ("next fri", date(2026, 12, 4)),
        ("next week", date(2026, 11, 30)),
        ("next month", date(2026, 12, 1)),
        ("next year", date(2027, 1, 1)),
        ("this weekend", date(2026, 11, 28)),
        ("next weekend", date(2026, 12, 5)),
        ("in 3 days", date(2026, 11, 30)),
        ("in two weeks", date(2026, 12, 11)),
        ("in a month", date(2026, 12, 27)),
        ("in 1 year", date(2027, 11, 27)),
        ("24 dec", date(2026, 12, 24)),
        ("dec 24", date(2026, 12, 24)),
        ("on the 24th of December", date(2026, 12, 24)),
        ("Jan 3", date(2027, 1, 3)),
        ("Jan 3, 2028", date(2028, 1, 3)),
        ("3 Jan 2028", date(2028, 1, 3)),
        ("29 feb", date(2028, 2, 29)),
        ("24.12.", date(2026, 12, 24)),
        ("24.12.2027", date(2027, 12, 24)),
        ("24.12.27", date(2027, 12, 24)),
        ("2026-12-24", date(2026, 12, 24)),
        ("24/12", date(2026, 12, 24)),
        ("12/24", date(2026, 12, 24)),
        ("3/4/2027", date(2027, 4, 3)),
        ("end of month", date(2026, 11, 30)),
        ("by the end of the month", date(2026, 11, 30)),
        ("eow", date(2026, 11, 29)),
        ("end of year", date(2026, 12, 31)),
        ("15th", date(2026, 12, 15)),
        ("by the 31st", date(2026, 12, 31)),
        ("due tomorrow", date(2026, 11, 28)),
    ],
)
def test_days(words: str, day: date) -> None:
    found = read(f"Pay rent {words}")
    assert found == Line(title="Pay rent", due_on=day)


@pytest.mark.parametrize(
    ("words", "day", "clock"),
    [
        ("9am", date(2026, 11, 28), time(9)),
        ("3pm", date(2026, 11, 27), time(15)),
        ("3 pm", date(2026, 11, 27), time(15)),
        ("12am", date(2026, 11, 28), time(0)),
        ("12 p.m.", date(2026, 11, 28), time(12)),
        ("14:30", date(2026, 11, 27), time(14, 30)),
        ("9:05am", date(2026, 11, 28), time(9, 5)),
        ("at 9", date(2026, 11, 28), time(9)),
        ("at 9.30", date(2026, 11, 28), time(9, 30)),
        ("at 18h", date(2026, 11, 27), time(18)),
        ("noon", date(2026, 11, 28), time(12)),
        ("tomorrow at noon", date(2026, 11, 28), time(12)),
        ("tomorrow morning", date(2026, 11, 28), time(9)),
        ("tonight", date(2026, 11, 27), time(21)),
        ("mon 8:15", date(2026, 11, 30), time(8, 15)),
        ("at 9 on monday", date(2026, 11, 30), time(9)),
        ("by 2027-01-15T10:00", date(2027, 1, 15), time(10)),
        ("in 2 hours", date(2026, 11, 27), time(14, 30)),
        ("in 45 min", date(2026, 11, 27), time(13, 15)),
        ("in 20 hours", date(2026, 11, 28), time(8, 30)),
    ],
)
def test_times(words: str, day: date, clock: time) -> None:
    assert read(f"Call Ann {words}") == Line(title="Call Ann", due_on=day, due_time=clock)


@pytest.mark.parametrize(
    ("words", "rule", "day"),
    [
        ("every day", "FREQ=DAILY", date(2026, 11, 27)),
        ("daily", "FREQ=DAILY", date(2026, 11, 27)),
        ("every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", date(2026, 11, 27)),
        ("every weekend", "FREQ=WEEKLY;BYDAY=SA,SU", date(2026, 11, 28)),
        ("every 2 weeks", "FREQ=WEEKLY;INTERVAL=2", date(2026, 11, 27)),
        ("every other week", "FREQ=WEEKLY;INTERVAL=2", date(2026, 11, 27)),
        ("every 3rd day", "FREQ=DAILY;INTERVAL=3", date(2026, 11, 27)),
        ("every month", "FREQ=MONTHLY", date(2026, 11, 27)),
        ("every mon, thu", "FREQ=WEEKLY;BYDAY=MO,TH", date(2026, 11, 30)),
        ("every mon,thu", "FREQ=WEEKLY;BYDAY=MO,TH", date(2026, 11, 30)),
        ("every tue and fri", "FREQ=WEEKLY;BYDAY=TU,FR", date(2026, 11, 27)),
        ("every 2 weeks on mon and thu", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", date(2026, 11, 30)),
        ("every last weekday", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", date(2026, 11, 30)),
        ("every 1st workday", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", date(2026, 12, 1)),
        ("every last fri of the month", "FREQ=MONTHLY;BYDAY=-1FR", date(2026, 11, 27)),
        ("every third tuesday", "FREQ=MONTHLY;BYDAY=3TU", date(2026, 12, 15)),
        ("every 1st", "FREQ=MONTHLY;BYMONTHDAY=1", date(2026, 12, 1)),
        ("every 1st and 15th", "FREQ=MONTHLY;BYMONTHDAY=1,15", date(2026, 12, 1)),
        ("every last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1", date(2026, 11, 30)),
        ("every 3 months on the 5th", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=5", date(2026, 12, 5)),
        ("every 24 dec", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24", date(2026, 12, 24)),
        ("every year", "FREQ=YEARLY", date(2026, 11, 27)),
        ("every day until 24 dec", "FREQ=DAILY;UNTIL=20261224", date(2026, 11, 27)),
        ("every day 5 times", "FREQ=DAILY;COUNT=5", date(2026, 11, 27)),
        ("every mon starting 24 dec", "FREQ=WEEKLY;BYDAY=MO", date(2026, 12, 28)),
        ("every week starting 24 dec", "FREQ=WEEKLY", date(2026, 12, 24)),
    ],
)
def test_repetitions(words: str, rule: str, day: date) -> None:
    assert read(f"Water plants {words}") == Line(title="Water plants", due_on=day, recurrence=rule)


def test_repetition_from_completion() -> None:
    found = read("Cut hair every! 6 weeks")
    assert (found.recurrence, found.recurs_from) == ("FREQ=WEEKLY;INTERVAL=6", "completion")


def test_a_repetition_whose_time_has_passed_begins_tomorrow() -> None:
    found = read("Stretch every day at 8")
    assert (found.due_on, found.due_time, found.recurrence) == (date(2026, 11, 28), time(8), "FREQ=DAILY")


@pytest.mark.parametrize(
    "text",
    [
        "Monday", "tomorrow", "every day", "Call Tom", "Paint the sun room", "Daily standup notes",
        "Add 1/2 cup of sugar", "Look at 9 houses", "Answer #12", "Call +49 30 123", "Edit /etc/hosts",
        "Mail a@b.example", "Learn C# and F#", "Release 1.2", "It may rain", "In 3 acts", "Every little thing",
        "Fix \"tomorrow 9am\" in the text", "99:99", "32.13.2026", "2026-02-30", "#", "@", "+", "/", "!", "p5", "!!!",
        "Water at 25", "every 5000 days", "in 5000 days", "Read 9.30", "in 0 days",
    ],
)  # fmt: skip
def test_what_is_no_date_stays_in_the_title(text: str) -> None:
    assert read(text) == Line(title=text)


@pytest.mark.parametrize(
    ("text", "title", "day"),
    [
        ("Read Monday, Monday", "Read Monday", date(2026, 11, 30)),
        ("Plan tomorrow today", "Plan tomorrow", date(2026, 11, 27)),
        ("Tomorrow: call Ann", "call Ann", date(2026, 11, 28)),
        ("Meet Bob tomorrow for lunch", "Meet Bob for lunch", date(2026, 11, 28)),
        ("Dinner sun 18:00", "Dinner", date(2026, 11, 29)),
    ],
)
def test_the_last_day_wins_and_the_rest_is_title(text: str, title: str, day: date) -> None:
    found = read(text)
    assert (found.title, found.due_on) == (title, day)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (r"Read \tomorrow", "Read tomorrow"),
        (r"Use \#hash", "Use #hash"),
        (r"Ask \p1", "Ask p1"),
        (r"Copy C:\temp", r"Copy C:\temp"),
        (r"Open \\server\share", r"Open \\server\share"),
        ("  much \t room \n here ", "much room here"),
    ],
)
def test_escapes(text: str, title: str) -> None:
    assert read(text) == Line(title=title)


def test_names_in_quotes() -> None:
    found = read('Pack +"Summer trip" #"to buy" @"Ann Lee" /"Next up" #Tag #tag')
    assert found == Line(
        title="Pack", project="Summer trip", section="Next up", tags=("to buy", "tag"), people=("Ann Lee",)
    )


@pytest.mark.parametrize(
    ("text", "priority"),
    [("p1", 4), ("P2", 3), ("p3", 2), ("p4", 1), ("!urgent", 4), ("!high", 3), ("!low", 1), ("!none", 0), ("!2", 3)],
)
def test_priorities(text: str, priority: int) -> None:
    assert read(f"Do it {text}") == Line(title="Do it", priority=priority)


def test_weeks_begin_where_the_person_has_them() -> None:
    sunday = datetime(2026, 11, 29, 9, tzinfo=BERLIN)
    assert understood("x next week", sunday, week_start=0).due_on == date(2026, 11, 30)
    assert understood("x next week", sunday, week_start=6).due_on == date(2026, 12, 6)


def test_slashes_follow_the_person() -> None:
    assert understood("x on 3/4", NOW, day_first=False).due_on == date(2027, 3, 4)
    assert understood("x on 3/4", NOW, day_first=True).due_on == date(2027, 4, 3)


def test_spans_tell_what_was_understood() -> None:
    text = "Buy milk tomorrow, 9am #errands!"
    spans = [(text[span.start : span.end], span.kind) for span in understood(text, NOW).spans]
    assert spans == [("tomorrow", "date"), ("9am", "time"), ("#errands", "tag")]


def test_a_line_that_is_too_long_is_all_title() -> None:
    text = "tomorrow " * 300
    assert understood(text, NOW) == Line(title=text.strip())


@pytest.mark.parametrize(
    "piece",
    ["every mon, ", '"', '" ', "every ", "1st and ", "in 3 ", "#", "\\", "24.12. ", "mon and ", "at ", "a", "every 2 ",
     "end of the ", "every last day of the ", "„“", "every day until "],
)  # fmt: skip
def test_hostile_lines_are_read_at_once(piece: str) -> None:
    text = (piece * MAX_LINE)[:MAX_LINE]
    with at_most(0.5):
        understood(text, NOW)


_WORDS = st.sampled_from(
    "every day mon and the 1st last weekday in 3 weeks tomorrow at 9 9am 14:30 24.12. dec 24 until times 5 #tag @me "
    '+Work /Part p1 !high " \\ , on by next every! Buy milk sun end of month 3/4 feb 29 30 second'.split()
)


@given(st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=30).map(" ".join)))
def test_any_line_is_read(text: str) -> None:
    found = understood(text, NOW)
    places = [place for span in found.spans for place in (span.start, span.end)]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)
    assert found.due_time is None or found.due_on is not None
    if found.recurrence:
        assert checked(found.recurrence) == found.recurrence


@given(st.lists(st.sampled_from(["Buy", "milk", "und", "Brot", "näher"]), min_size=1, max_size=8).map(" ".join))
def test_plain_words_are_the_title(text: str) -> None:
    assert understood(text, NOW) == Line(title=text)
