"""How far somebody has read a page."""

from dataclasses import dataclass
from datetime import datetime

FINISHED = 0.95


@dataclass(frozen=True, slots=True)
class Progress:
    """``fraction`` is the place, from 0 at the top to 1 at the end; ``finished_at`` is when that was reached first."""

    fraction: float = 0.0
    updated_at: datetime | None = None
    finished_at: datetime | None = None

    def __bool__(self) -> bool:
        return self.fraction > 0 or self.finished_at is not None


NOT_BEGUN = Progress()
