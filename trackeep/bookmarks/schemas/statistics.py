"""The library in numbers, and what is shown again today."""

from datetime import date, datetime
from typing import Literal

from trackeep.bookmarks.schemas.fields import Id
from trackeep.core.schemas import InputSchema, OutputSchema


class StatisticsQuery(InputSchema):
    """Without ``space`` all spaces that you may read count together."""

    weeks: Literal["26", "52"] = "26"
    space: Id | None = None


class WeekOut(OutputSchema):
    """``backlog`` is what was unread at the end of the week; null where nobody has counted."""

    start: date
    saved: int
    read: int | None
    backlog: int | None


class ShareOut(OutputSchema):
    name: str
    count: int


class TotalsOut(OutputSchema):
    """``minutes`` of reading are known of ``timed`` of the unread ones."""

    saved: int
    unread: int
    archived: int
    favourite: int
    minutes: int
    timed: int


class StatisticsOut(OutputSchema):
    """``read_since`` is the day of the first reading that was counted."""

    totals: TotalsOut
    weeks: list[WeekOut]
    sites: list[ShareOut]
    tags: list[ShareOut]
    read_since: date | None
    read: int


class RememberedOut(OutputSchema):
    id: int
    space_id: int
    url: str
    site: str
    title: str
    added_at: datetime
    unread: bool
    favourite: bool
    archived: bool
    reading_minutes: int | None


class ResurfacedOut(OutputSchema):
    """``kind`` is ``year`` for pages saved on this day of earlier years, ``short`` for short ones that are unread, null
    when there is nothing."""

    kind: Literal["year", "short"] | None
    items: list[RememberedOut]


class RemindQuery(InputSchema):
    space: Id | None = None
