"""Shapes of archives."""

from datetime import datetime

from trackeep.core.schemas import OutputSchema


class ArchiveOut(OutputSchema):
    """``state`` is pending, done or failed; only a finished archive has a size, in bytes."""

    id: int
    state: str
    size: int | None
    created_at: datetime
    expires_at: datetime


class ArchivesOut(OutputSchema):
    items: list[ArchiveOut]


class RequestedOut(OutputSchema):
    id: int
