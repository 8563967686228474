"""Highlights as pages, API, imports and exports speak of them: colours, limits, what is marked, what a list shows."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MAX_QUOTE = 10_000
MAX_NOTE = 20_000
MAX_CONTEXT = 80
CONTEXT = 40
PER_BOOKMARK = 2_000


class Colour(StrEnum):
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PINK = "pink"
    PURPLE = "purple"


class State(StrEnum):
    """Whether the passage is in the article's text of today. ``UNPLACED``: there is no text to look in."""

    PLACED = "placed"
    LOST = "lost"
    UNPLACED = "unplaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What a person marks: the words (a TextQuoteSelector of the W3C Web Annotation model) and, where it is known,
    their place in the article's text in code points (a TextPositionSelector)."""

    quote: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    colour: Colour = Colour.YELLOW
    note: str = ""
    added_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HighlightFilters:
    """All parts must hold. ``tag`` (with those below it) and ``site`` are the bookmark's; ``text`` is looked for in
    quotes and notes."""

    space_id: int | None = None
    bookmark_id: int | None = None
    colour: Colour | None = None
    tag: str = ""
    site: str = ""
    text: str = ""


def highlight_address(base: str, bookmark_id: int, highlight_id: int) -> str:
    """Where a highlight is seen on its page; ``base`` is the address of the list of bookmarks."""
    return f"{base}/{bookmark_id}/read#highlight-{highlight_id}"
