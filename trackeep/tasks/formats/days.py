"""Days and moments in a table's column: the order of day, month and year is told by the column as a whole."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from trackeep.tasks.line import understood

Order = Literal["dmy", "mdy"]

_NUMERIC = re.compile(
    r"(\d{1,4})[-./](\d{1,2})[-./](\d{1,4})\.?"
    r"(?:[T ,]{1,2}(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s?([ap]\.?m\.?)?\s?(z|utc|[+-]\d{2}:?\d{2})?)?",
    re.ASCII | re.IGNORECASE,
)
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})", re.ASCII)
MAX_CELL = 100


@dataclass(frozen=True, slots=True)
class When:
    """``moment`` is in UTC; without one it is the whole day."""

    day: date
    moment: datetime | None = None


def order_of(values: Iterable[str], *, day_first: bool) -> Order:
    """``day_first`` decides where no value of the column does."""
    for value in values:
        found = _NUMERIC.fullmatch(value.strip()[:MAX_CELL])
        if found is None or len(found[1]) == 4:
            continue
        if int(found[1]) > 12:
            return "dmy"
        if int(found[2]) > 12:
            return "mdy"
        if "." in value.split(" ")[0]:
            return "dmy"
    return "dmy" if day_first else "mdy"


def when(value: str, order: Order, now: datetime, zone: ZoneInfo) -> When | None:
    """Numbers, or words as in a line of quick add; a time without an offset is on the clock of ``zone``. None when it
    is no date."""
    text = value.strip()[:MAX_CELL]
    found = _NUMERIC.fullmatch(text)
    if found is None:
        return _in_words(text, order, now, zone)
    day = _day(found, order)
    if day is None or found[4] is None:
        return When(day) if day else None
    clock = _clock(found)
    if clock is None:
        return None
    offset = _offset(found[8])
    try:
        moment = (
            datetime.combine(day, clock, tzinfo=zone) if offset is None else datetime.combine(day, clock, UTC) - offset
        )
        return When(moment.astimezone(zone).date(), moment.astimezone(UTC))
    except OverflowError:
        return None


def at(day: date, clock: time | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC) if clock is not None else None


def _in_words(text: str, order: Order, now: datetime, zone: ZoneInfo) -> When | None:
    line = understood(f"x {text}", now, day_first=order == "dmy")
    if line.title != "x" or line.due_on is None or line.recurrence:
        return None
    return When(line.due_on, at(line.due_on, line.due_time, zone))


def _day(found: re.Match[str], order: Order) -> date | None:
    first, second, third = int(found[1]), int(found[2]), int(found[3])
    if len(found[1]) == 4:
        year, month, day = first, second, third
    else:
        year = third + (2_000 if len(found[3]) <= 2 else 0)
        day, month = (first, second) if order == "dmy" else (second, first)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(found: re.Match[str]) -> time | None:
    hour, half = int(found[4]), (found[7] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    try:
        return time(hour, int(found[5]), int(found[6] or 0))
    except ValueError:
        return None


def _offset(text: str | None) -> timedelta | None:
    if text is None:
        return None
    found = _OFFSET.fullmatch(text)
    if found is None:
        return timedelta()
    size = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return -size if found[1] == "-" else size
