"""Reads: the copy of a page at the web archive."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from trackeep.bookmarks.models import ArchivedCopy
from trackeep.core import db


@dataclass(frozen=True, slots=True)
class ArchivedItem:
    """What is known of a copy, and what is being asked."""

    bookmark_id: int
    state: str
    url: str | None
    taken_at: datetime | None
    source: str
    error: str | None

    @property
    def is_working(self) -> bool:
        return self.state in ("looking", "saving")


_COLUMNS = (
    ArchivedCopy.bookmark_id,
    ArchivedCopy.state,
    ArchivedCopy.url,
    ArchivedCopy.taken_at,
    ArchivedCopy.source,
    ArchivedCopy.error,
)


def archived_of(bookmark_id: int) -> ArchivedItem | None:
    """Of a bookmark that the caller has checked; None when nobody has asked yet."""
    rows = db.rows(select(*_COLUMNS).where(ArchivedCopy.bookmark_id == bookmark_id))
    return ArchivedItem(*rows[0]) if rows else None
