"""When a feed is looked at next, by what it does and what its publisher asks for."""

from collections.abc import Sequence
from datetime import datetime, timedelta

LEAST, MOST = 15 * 60, 24 * 3_600
FIRST = 3_600
FASTER, SLOWER = 0.5, 1.5
LOOKED_AT = 10


def within(seconds: float) -> int:
    return int(max(LEAST, min(MOST, seconds)))


def next_interval(current: int, *, new: int, dates: Sequence[datetime], now: datetime, asked: int = 0) -> int:
    """Seconds until the next look. Half as long after a new entry and half as long again after none; never less than
    half of the time between the feed's last entries, and never less than what it asks for (``asked``), within the
    bounds."""
    wanted = current * (FASTER if new else SLOWER)
    pace = _pace(dates, now)
    if pace:
        wanted = max(wanted, pace / 2) if new else min(wanted, max(pace, current))
    return within(max(wanted, asked))


def after_failure(interval: int, failures: int, asked: float = 0.0) -> int:
    """Seconds until the next try: longer with each failure, at most a day; ``asked`` is what the site said."""
    return within(max(interval * 2.0 ** min(failures - 1, 10), asked))


def _pace(dates: Sequence[datetime], now: datetime) -> float:
    """The mean seconds between the newest entries, the time since the last of them included; 0 when unknown."""
    newest = sorted((date for date in dates if date <= now), reverse=True)[:LOOKED_AT]
    if len(newest) < 2:
        return 0.0
    return (now - newest[-1]) / timedelta(seconds=1) / len(newest)
