"""Reads: the archives of a person, and what an archive holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.i18n import Text
from trackeep.core.slots import Exporter, slots
from trackeep.portability.models import Archive

# A job that has not finished by then has failed for good, whatever became of it.
LONGEST = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ArchiveSummary:
    """An archive as its owner sees it; ``state`` is pending, done or failed."""

    id: int
    state: str
    size: int | None
    created_at: datetime
    expires_at: datetime


def archives(actor: Actor) -> list[ArchiveSummary]:
    """The actor's archives that have not expired, newest first."""
    mine = select(Archive).where(Archive.user_id == actor.require_user(), Archive.expires_at > clock.now())
    rows = db.session().scalars(mine.order_by(Archive.id.desc()).execution_options(populate_existing=True))
    return [_summary(row) for row in rows]


def archive_of(actor: Actor, archive_id: int) -> Archive:
    """Raises NotFound for what does not exist and for what is somebody else's."""
    mine = select(Archive).where(Archive.id == archive_id, Archive.user_id == actor.require_user())
    found = db.session().scalar(mine.execution_options(populate_existing=True))
    if found is None:
        raise NotFound()
    return found


def contents() -> Sequence[Text]:
    """What an archive holds, in words."""
    return [exporter.title or exporter.file_name for exporter in slots.each(Exporter)]


def _summary(row: Archive) -> ArchiveSummary:
    late = row.state == "waiting" and row.created_at < clock.now() - LONGEST
    state = "failed" if late else {"waiting": "pending"}.get(row.state, row.state)
    return ArchiveSummary(row.id, state, row.size, row.created_at, row.expires_at)
