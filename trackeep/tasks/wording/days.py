"""Days, times and lengths of time in the words that lists use."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from babel.dates import format_date, format_skeleton, format_time
from flask_babel import get_locale

from trackeep.core import clock
from trackeep.core.i18n import gettext as _
from trackeep.tasks.zones import day_in, zone_of

WEEK = 7
MONDAY, SATURDAY = 0, 5
MINUTES_OF_HOUR = 60


class Today(NamedTuple):
    """Whose day it is, worked out once a page."""

    zone: str
    day: date
    now: datetime
    locale: str


class Due(NamedTuple):
    """``words`` such as 'Tomorrow 09:00', ``look`` one of late, today, soon or nothing, ``full`` the whole date,
    ``clock`` the time alone if there is one."""

    words: str
    look: str
    full: str
    day: date
    clock: str = ""


class NearDay(NamedTuple):
    """A day that is chosen with one press; ``key`` names it in forms."""

    key: str
    name: str
    icon: str
    day: date


def today_in(zone: str) -> Today:
    now = clock.now()
    return Today(zone, day_in(zone, now), now, str(get_locale() or "en"))


def due_of(on: date | None, at: datetime | None, today: Today) -> Due | None:
    if on is None and at is None:
        return None
    day = day_in(today.zone, at) if at is not None else on or today.day
    clock = clock_words(at, today) if at is not None else ""
    words = f"{day_words(day, today)} {clock}".strip()
    return Due(words, _look(day, at, today), _full(day, today.locale), day, clock)


def day_words(day: date, today: Today) -> str:
    """'Tomorrow', a weekday within the coming week, else the date, with its year when that is another one."""
    distance = (day - today.day).days
    near = {-1: _("Yesterday"), 0: _("Today"), 1: _("Tomorrow")}
    if distance in near:
        return str(near[distance])
    if 1 < distance < WEEK:
        return _weekday(day, today.locale)
    return _date(day, today.locale, with_year=day.year != today.day.year)


def heading_words(day: date, today: Today) -> str:
    """The day as a heading: 'Tomorrow · Sat 28 Nov', 'Sunday · 29 Nov', 'Mon 7 Dec'."""
    distance = (day - today.day).days
    if abs(distance) >= WEEK:
        return _short(day, today.locale)
    words = day_words(day, today)
    return f"{words} · {_date(day, today.locale, with_year=False) if distance > 1 else _short(day, today.locale)}"


def clock_words(moment: datetime, today: Today) -> str:
    return str(format_time(moment.astimezone(zone_of(today.zone)), "short", locale=today.locale))


def length_words(minutes: int | None) -> str:
    """'1 h 30 min'."""
    if not minutes:
        return ""
    hours, rest = divmod(minutes, MINUTES_OF_HOUR)
    parts = [_("%(hours)s h", hours=hours) if hours else "", _("%(minutes)s min", minutes=rest) if rest else ""]
    return " ".join(part for part in parts if part)


def near_days(today: date) -> list[NearDay]:
    return [
        NearDay("today", _("Today"), "sun", today),
        NearDay("tomorrow", _("Tomorrow"), "sunrise", today + timedelta(days=1)),
        NearDay("weekend", _("This weekend"), "sofa", _coming(SATURDAY, today)),
        NearDay("next-week", _("Next week"), "calendar-week", _coming(MONDAY, today)),
    ]


def _coming(weekday: int, today: date) -> date:
    """The next day of that name after today; 0 is Monday."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % WEEK + 1)


def _look(day: date, at: datetime | None, today: Today) -> str:
    if day < today.day or (at is not None and at < today.now):
        return "late"
    if day == today.day:
        return "today"
    return "soon" if (day - today.day).days == 1 else ""


@lru_cache(maxsize=1_024)
def _weekday(day: date, locale: str) -> str:
    return str(format_date(day, "EEEE", locale=locale))


@lru_cache(maxsize=1_024)
def _date(day: date, locale: str, *, with_year: bool) -> str:
    return str(format_skeleton("yMMMd" if with_year else "MMMd", day, locale=locale))


@lru_cache(maxsize=1_024)
def _short(day: date, locale: str) -> str:
    return str(format_skeleton("MMMEd", day, locale=locale))


@lru_cache(maxsize=1_024)
def _full(day: date, locale: str) -> str:
    return str(format_date(day, "full", locale=locale))
