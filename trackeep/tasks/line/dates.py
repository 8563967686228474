"""Days in a line: tomorrow, next mon, in 3 days, 24 dec, 24.12., 2026-12-24, end of month."""

import re
from calendar import monthrange
from datetime import date, time, timedelta

from trackeep.tasks.line.clock import part_of_day_at
from trackeep.tasks.line.hits import DayHit, Scene

LONGEST_PHRASE = 4
MAX_AHEAD = 1_000
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:t(\d{1,2}):(\d{2})(?::\d{2})?)?", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})?", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?", re.ASCII)
_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)", re.ASCII)


def date_at(scene: Scene, place: int) -> DayHit | None:
    """A day with the words that lead to it ("on", "by the"), and the part of the day behind it."""
    begin = scene.skip(place, scene.lexicon.before_day)
    introduced = begin > place
    hit = _day_at(scene, scene.skip(begin, scene.lexicon.articles) if introduced else begin)
    if hit is None:
        return None
    part = part_of_day_at(scene, hit.stop) if scene.goes_on(hit.stop - 1) else None
    clock, stop = (part.clock, part.stop) if part else (hit.clock, hit.stop)
    return DayHit(stop, hit.day, clock, doubtful=hit.doubtful and not introduced)


def _day_at(scene: Scene, place: int) -> DayHit | None:
    if not scene.key(place):
        return None
    for read in (_phrase, _word, _ahead, _weekday, _month_day, _iso, _dotted, _slashed, _ordinal_day):
        hit = read(scene, place)
        if hit:
            return hit
    return None


def number_at(scene: Scene, place: int) -> int | None:
    key = scene.key(place)
    if key.isascii() and key.isdigit() and len(key) <= 4:
        return int(key)
    return scene.lexicon.numbers.get(key)


def ordinal_at(scene: Scene, place: int) -> int | None:
    """1st, 22nd, third; -1 for the last."""
    found = _ORDINAL.fullmatch(scene.key(place))
    return int(found[1]) if found else scene.lexicon.ordinals.get(scene.key(place))


def month_day_at(scene: Scene, place: int) -> tuple[int, int, int] | None:
    """24 dec, dec 24th, 24th of december: where it stops, month and day."""
    first, second = scene.key(place), place + 1
    if not scene.goes_on(place):
        return None
    if first in scene.lexicon.months:
        day = _day_number(scene, scene.skip(second, scene.lexicon.articles))
        return (scene.skip(second, scene.lexicon.articles) + 1, scene.lexicon.months[first], day) if day else None
    day = _day_number(scene, place)
    second = scene.skip(second, scene.lexicon.of)
    month = scene.lexicon.months.get(scene.key(second)) if day else None
    return (second + 1, month, day) if day and month else None


def _day_number(scene: Scene, place: int) -> int | None:
    key = scene.key(place)
    found = _ORDINAL.fullmatch(key)
    text = found[1] if found else key
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 2 and 1 <= int(text) <= 31 else None


def _phrase(scene: Scene, place: int) -> DayHit | None:
    for length in range(LONGEST_PHRASE, 0, -1):
        name = scene.lexicon.phrases.get(tuple(scene.key(place + step) for step in range(length)))
        if name:
            return DayHit(place + length, _named_day(scene, name))
    return None


def _named_day(scene: Scene, name: str) -> date:
    today = scene.today
    week = today - timedelta((today.weekday() - scene.week_start) % 7)
    following = today.replace(day=1) + timedelta(monthrange(today.year, today.month)[1])
    saturday = today + timedelta((5 - today.weekday()) % 7)
    return {
        "day-after-tomorrow": today + timedelta(2),
        "month-end": following - timedelta(1),
        "week-end": week + timedelta(6),
        "year-end": date(today.year, 12, 31),
        "weekend": saturday,
        "next-weekend": saturday + timedelta(7),
        "next-week": week + timedelta(7),
        "next-month": following,
        "next-year": date(today.year + 1, 1, 1),
    }[name]


def _word(scene: Scene, place: int) -> DayHit | None:
    key = scene.key(place)
    ahead = scene.lexicon.days_ahead.get(key)
    if ahead is None:
        return None
    is_name = scene.words[place].shown[:1].isupper() and key in scene.lexicon.doubtful
    clock = scene.lexicon.parts_of_day["night"] if key == "tonight" else None
    return None if is_name else DayHit(place + 1, scene.today + timedelta(ahead), clock, key in scene.lexicon.doubtful)


def _ahead(scene: Scene, place: int) -> DayHit | None:
    """in 3 days, in an hour"""
    number = number_at(scene, place + 1)
    unit = scene.lexicon.units.get(scene.key(place + 2))
    if scene.key(place) not in scene.lexicon.ahead or not number or not unit or number > MAX_AHEAD:
        return None
    if unit in "hn":
        later = scene.now + timedelta(**{"hours" if unit == "h" else "minutes": number})
        return DayHit(place + 3, later.date(), later.time().replace(second=0, microsecond=0))
    return DayHit(place + 3, moved(scene.today, number, unit))


def moved(day: date, number: int, unit: str) -> date:
    """Months that lack the day end with their last."""
    if unit in "dw":
        return day + timedelta(number * (7 if unit == "w" else 1))
    months = day.year * 12 + day.month - 1 + number * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _weekday(scene: Scene, place: int) -> DayHit | None:
    """The next such day behind today; "next mon" is that of the week behind this one."""
    is_next = scene.key(place) in scene.lexicon.next
    begin = place + 1 if is_next or scene.key(place) in scene.lexicon.this else place
    weekday = scene.lexicon.weekdays.get(scene.key(begin))
    if weekday is None or (begin > place and not scene.goes_on(place)):
        return None
    if is_next:
        week = _named_day(scene, "next-week")
        return DayHit(begin + 1, week + timedelta((weekday - week.weekday()) % 7))
    day = scene.today + timedelta((weekday - scene.today.weekday() - 1) % 7 + 1)
    return DayHit(begin + 1, day, doubtful=begin == place and scene.key(begin) in scene.lexicon.doubtful)


def _month_day(scene: Scene, place: int) -> DayHit | None:
    found = month_day_at(scene, place)
    if found is None:
        return None
    stop, month, day = found
    year = scene.key(stop)
    if year.isascii() and year.isdigit() and len(year) == 4:
        when = _date(int(year), month, day)
        return DayHit(stop + 1, when) if when else None
    when = _coming(scene, month, day)
    return DayHit(stop, when) if when else None


def _iso(scene: Scene, place: int) -> DayHit | None:
    found = _ISO.fullmatch(scene.key(place))
    day = _date(int(found[1]), int(found[2]), int(found[3])) if found else None
    if found is None or day is None:
        return None
    hour, minute = int(found[4] or 0), int(found[5] or 0)
    clock = time(hour, minute) if found[4] and hour < 24 and minute < 60 else None
    return DayHit(place + 1, day, clock)


def _dotted(scene: Scene, place: int) -> DayHit | None:
    found = _DOTTED.fullmatch(scene.raw(place)) or _DOTTED.fullmatch(scene.key(place))
    day = _numeric(scene, found[3], int(found[2]), int(found[1])) if found else None
    return DayHit(place + 1, day) if day else None


def _slashed(scene: Scene, place: int) -> DayHit | None:
    """Without a year it may be a fraction."""
    found = _SLASHED.fullmatch(scene.key(place))
    if found is None:
        return None
    first, second = int(found[1]), int(found[2])
    day_first = scene.day_first if first <= 12 and second <= 12 else first > 12
    month, number = (second, first) if day_first else (first, second)
    day = _numeric(scene, found[3], month, number)
    return DayHit(place + 1, day, doubtful=found[3] is None) if day else None


def _ordinal_day(scene: Scene, place: int) -> DayHit | None:
    """The 15th of this month or the next that has it."""
    number = _day_number(scene, place) if _ORDINAL.fullmatch(scene.key(place)) else None
    if number is None:
        return None
    months = (moved(scene.today.replace(day=1), ahead, "m") for ahead in range(3))
    days = (_date(month.year, month.month, number) for month in months)
    found = next((day for day in days if day and day >= scene.today), None)
    return DayHit(place + 1, found, doubtful=True) if found else None


def _numeric(scene: Scene, year: str | None, month: int, day: int) -> date | None:
    if year is None:
        return _coming(scene, month, day)
    return _date(int(year) + (2_000 if len(year) == 2 else 0), month, day)


def _coming(scene: Scene, month: int, day: int) -> date | None:
    """The next such day from today on; 29 February may be eight years away."""
    days = (_date(scene.today.year + ahead, month, day) for ahead in range(9))
    return next((found for found in days if found and found >= scene.today), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
