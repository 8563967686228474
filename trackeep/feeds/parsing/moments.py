"""Moments as feeds tell them."""

import calendar
import time
from datetime import UTC, datetime, timedelta

AHEAD = timedelta(days=1)
FIRST = datetime(1990, 1, 1, tzinfo=UTC)


def credible(moment: datetime | None, now: datetime) -> datetime | None:
    """None for what cannot be: before there were feeds, or more than a day ahead."""
    return moment if moment is not None and FIRST <= moment <= now + AHEAD else None


def from_tuple(parts: object) -> datetime | None:
    """From what feedparser makes of a date, which is in UTC."""
    if not isinstance(parts, time.struct_time):
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parts), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def from_text(text: object) -> datetime | None:
    """From RFC 3339, as JSON Feed has it."""
    if not isinstance(text, str) or len(text) > 60:
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
