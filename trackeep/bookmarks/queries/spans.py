"""Spans of time as a table of a query, so that one statement counts in all of them by an index."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import CTE, Integer, column, values

from trackeep.core import db

Span = tuple[datetime, datetime]
BEGINNING, END = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


def spans_table(spans: Sequence[Span]) -> CTE:
    """Columns ``number`` (from 0), ``start`` and ``stop``; the stop is the first moment behind the span."""
    moment = db.UtcDateTime()
    columns = (column("number", Integer), column("start", moment), column("stop", moment))
    rows = [(number, start, stop) for number, (start, stop) in enumerate(spans)]
    return values(*columns, name="spans").data(rows).cte("spans")


def midnight(day: date, zone: str) -> datetime:
    """The moment in which the day begins in the time zone."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
