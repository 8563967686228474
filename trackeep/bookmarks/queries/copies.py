"""Reads: the copies of a page."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from trackeep.bookmarks.models import PageCopy
from trackeep.bookmarks.queries.items import get_bookmark
from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class CopyItem:
    """A copy; ``size`` is in bytes, ``missing`` is how many things in the page could not be had."""

    id: int
    bookmark_id: int
    state: str
    blob_key: str | None
    size: int
    missing: int
    taken_at: datetime
    error: str | None


_COLUMNS = (
    PageCopy.id,
    PageCopy.bookmark_id,
    PageCopy.state,
    PageCopy.blob_key,
    PageCopy.size,
    PageCopy.missing,
    PageCopy.taken_at,
    PageCopy.error,
)
MOST = 10


def copies_of(bookmark_id: int) -> list[CopyItem]:
    """Of a bookmark that the caller has checked, the newest first."""
    mine = select(*_COLUMNS).where(PageCopy.bookmark_id == bookmark_id)
    return [CopyItem(*row) for row in db.rows(mine.order_by(PageCopy.id.desc()).limit(MOST))]


def get_copy(actor: Actor, bookmark_id: int, copy_id: int) -> CopyItem:
    """Raises NotFound for a copy of another bookmark, and of one that the actor may not see."""
    found = next((each for each in copies_of(get_bookmark(actor, bookmark_id).id) if each.id == copy_id), None)
    if found is None:
        raise NotFound()
    return found
