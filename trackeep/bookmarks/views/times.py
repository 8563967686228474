"""Ages and dates of many rows: each distinct one is put into words once."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_timedelta
from flask_babel import get_locale
from flask_babel import gettext as _

from trackeep.core import clock

MINUTE, HOUR, DAY = 60, 3_600, 86_400


def current_locale() -> str:
    return str(get_locale() or "en")


def age_words(moment: datetime, now: datetime, locale: str) -> str:
    """'3d ago', by the same rule as the filter ``ago``."""
    seconds = round((moment - now).total_seconds())
    unit = DAY if abs(seconds) >= DAY else HOUR if abs(seconds) >= HOUR else MINUTE
    return _("now") if abs(seconds) < MINUTE else _age(round(seconds / unit) * unit, locale)


def day_words(moment: datetime, zone: ZoneInfo, locale: str) -> str:
    return _day(moment.astimezone(zone).date(), locale)


def now_in(time_zone: str) -> tuple[datetime, ZoneInfo]:
    return clock.now(), ZoneInfo(time_zone)


@lru_cache(maxsize=4_096)
def _age(seconds: int, locale: str) -> str:
    words = format_timedelta(timedelta(seconds=seconds), add_direction=True, format="narrow", locale=locale)
    return str(words)


@lru_cache(maxsize=4_096)
def _day(day: date, locale: str) -> str:
    return str(format_date(day, "medium", locale=locale))
