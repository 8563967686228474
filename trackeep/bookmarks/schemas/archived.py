"""Copies of pages at the web archive."""

from datetime import datetime
from typing import Literal

from trackeep.core.schemas import OutputSchema


class ArchivedOut(OutputSchema):
    """While it is ``looking`` or ``saving`` the archive is being asked; with ``none`` it has no copy. ``error`` is a
    sentence."""

    bookmark_id: int
    state: Literal["looking", "saving", "found", "none", "failed"]
    url: str | None
    taken_at: datetime | None
    source: Literal["", "lookup", "submission"]
    error: str | None
