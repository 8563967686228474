"""Copies of pages in one file each."""

from datetime import datetime
from typing import Literal

from trackeep.core.schemas import OutputSchema


class CopyOut(OutputSchema):
    """``size`` is in bytes; ``missing`` is how many things in the page could not be had; ``error`` is a sentence."""

    id: int
    bookmark_id: int
    state: Literal["pending", "done", "failed"]
    size: int
    missing: int
    taken_at: datetime
    error: str | None


class CopiesOut(OutputSchema):
    items: list[CopyOut]
