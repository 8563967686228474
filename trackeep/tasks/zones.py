"""Days and times of day as a person's clock shows them."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Day = TypeVar("Day", date, datetime)

MINUTES_OF_HOUR = 60
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(9000, 1, 1)
"""All days of tasks lie between them: then no zone leads out of the calendar."""
_FIRST, _LAST = datetime(1969, 12, 31, tzinfo=UTC), datetime(9000, 1, 2, tzinfo=UTC)


@lru_cache(maxsize=600)
def zone_of(name: str) -> ZoneInfo:
    """UTC for a zone that this machine does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def is_in_calendar(when: date) -> bool:
    """Whether a task can have this day; of a moment, whether it can be told in any zone."""
    if isinstance(when, datetime):
        return _FIRST <= when <= _LAST
    return FIRST_DAY <= when <= LAST_DAY


def moved(when: Day, by: timedelta) -> Day | None:
    """None where that leads out of the calendar."""
    try:
        later = when + by
    except OverflowError:
        return None
    return later if is_in_calendar(later) else None


def day_in(zone: str, moment: datetime) -> date:
    return moment.astimezone(zone_of(zone)).date()


def minute_in(zone: str, moment: datetime) -> int:
    """Minutes since midnight on the clock of that place."""
    local = moment.astimezone(zone_of(zone))
    return local.hour * MINUTES_OF_HOUR + local.minute


def beginning_of(day: date, zone: str) -> datetime:
    """The first moment of the day there, in UTC."""
    return datetime.combine(day, time.min, zone_of(zone)).astimezone(UTC)


def end_of(day: date, zone: str) -> datetime:
    return beginning_of(day + timedelta(days=1), zone)


def same_time_on(day: date, moment: datetime, zone: str) -> datetime:
    """The moment at which the clock there shows on that day what it shows at the given one."""
    return datetime.combine(day, moment.astimezone(zone_of(zone)).time(), zone_of(zone))
