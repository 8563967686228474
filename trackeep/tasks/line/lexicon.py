"""The words that a line is read by, as data: another language is another table."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import time
from itertools import chain


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All keys in small letters. Days of the week count from 0, months from 1; a unit is days, weeks, months, years,
    hours or minutes by its first letter, minutes by ``n``."""

    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    units: Mapping[str, str]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    days_ahead: Mapping[str, int]
    phrases: Mapping[tuple[str, ...], str]
    """Several words that mean one day, which ``dates`` knows by name."""
    times: Mapping[str, time]
    parts_of_day: Mapping[str, time]
    rhythms: Mapping[str, str]
    priorities: Mapping[str, int]
    working_days: Set[str]
    weekend: Set[str]
    before_noon: Set[str]
    after_noon: Set[str]
    every: Set[str]
    other: Set[str]
    until: Set[str]
    times_words: Set[str]
    ahead: Set[str]
    next: Set[str]
    this: Set[str]
    before_day: Set[str]
    before_time: Set[str]
    articles: Set[str]
    of: Set[str]
    conjunctions: Set[str]
    doubtful: Set[str]
    """Names of days that are also other words: they count only where a date is likely."""


def _named(*groups: str) -> dict[str, int]:
    """Each group has the names of one thing, and its place is the value."""
    return dict(chain.from_iterable(((name, place) for name in names.split()) for place, names in enumerate(groups)))


_MONTHS = _named(
    "", "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
    "sep sept september", "oct october", "nov november", "dec december",
)  # fmt: skip
_UNITS = {
    **dict.fromkeys(["day", "days"], "d"),
    **dict.fromkeys(["week", "weeks", "wk", "wks"], "w"),
    **dict.fromkeys(["month", "months"], "m"),
    **dict.fromkeys(["year", "years", "yr", "yrs"], "y"),
    **dict.fromkeys(["hour", "hours", "hr", "hrs", "h"], "h"),
    **dict.fromkeys(["minute", "minutes", "min", "mins"], "n"),
}

ENGLISH = Lexicon(
    weekdays=_named(
        "mon monday mondays", "tue tues tuesday tuesdays", "wed weds wednesday wednesdays",
        "thu thur thurs thursday thursdays", "fri friday fridays", "sat saturday saturdays", "sun sunday sundays",
    ),
    months=_MONTHS,
    units=_UNITS,
    numbers=_named(
        "", "a an one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ),
    ordinals={**_named("", "first", "second", "third", "fourth", "fifth"), "last": -1},
    days_ahead={"today": 0, "tod": 0, "tomorrow": 1, "tom": 1, "tmr": 1, "tmrw": 1, "tonight": 0},
    phrases={
        ("day", "after", "tomorrow"): "day-after-tomorrow",
        ("end", "of", "month"): "month-end",
        ("end", "of", "the", "month"): "month-end",
        ("eom",): "month-end",
        ("end", "of", "week"): "week-end",
        ("end", "of", "the", "week"): "week-end",
        ("eow",): "week-end",
        ("end", "of", "year"): "year-end",
        ("end", "of", "the", "year"): "year-end",
        ("eoy",): "year-end",
        ("this", "weekend"): "weekend",
        ("next", "weekend"): "next-weekend",
        ("next", "week"): "next-week",
        ("next", "month"): "next-month",
        ("next", "year"): "next-year",
    },
    times={"noon": time(12), "midday": time(12), "midnight": time(0)},
    parts_of_day={"morning": time(9), "afternoon": time(15), "evening": time(19), "night": time(21)},
    rhythms={"daily": "d", "weekly": "w", "monthly": "m", "yearly": "y", "annually": "y"},
    priorities={"urgent": 4, "high": 3, "medium": 2, "med": 2, "low": 1, "none": 0},
    working_days={"weekday", "weekdays", "workday", "workdays"},
    weekend={"weekend", "weekends"},
    before_noon={"am", "a.m"},
    after_noon={"pm", "p.m"},
    every={"every", "each", "ev"},
    other={"other"},
    until={"until", "till", "ending"},
    times_words={"times"},
    ahead={"in"},
    next={"next"},
    this={"this"},
    before_day={"on", "by", "due", "starting", "from"},
    before_time={"at", "@"},
    articles={"the"},
    of={"of"},
    conjunctions={"and", "&"},
    doubtful={"sat", "sun", "wed", "tom", "tod", "second"},
)  # fmt: skip
