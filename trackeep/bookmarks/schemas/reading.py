"""Articles, how far somebody has read, and how they like the reader."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from trackeep.bookmarks.articles.looks import ReaderLooks
from trackeep.core.schemas import InputSchema, OutputSchema


class ArticleOut(OutputSchema):
    """``state`` is 'none' while the page was never kept, 'pending' while its text is being looked for. ``html`` is
    sanitised; the addresses of its pictures are this server's. ``text_hash`` changes with the text."""

    bookmark_id: int
    state: Literal["none", "pending", "done", "empty", "failed"]
    error: str | None
    html: str
    text: str
    text_hash: str
    word_count: int
    reading_minutes: int
    language: str
    direction: Literal["ltr", "rtl"]
    extracted_at: datetime | None


class ProgressIn(InputSchema):
    """The place: 0 at the top of the text, 1 at its end."""

    fraction: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class ProgressOut(OutputSchema):
    """``finished_at`` is when the end was reached for the first time."""

    bookmark_id: int
    fraction: float
    updated_at: datetime | None
    finished_at: datetime | None


class ReaderLooksIn(InputSchema):
    """All choices; one that is left out takes its default."""

    font: Literal["sans", "serif", "readable", "mono"] = "sans"
    size: Literal["smallest", "small", "medium", "large", "largest"] = "medium"
    width: Literal["narrow", "medium", "wide"] = "medium"
    line: Literal["tight", "medium", "loose"] = "medium"
    theme: Literal["app", "light", "sepia", "dark"] = "app"
    marks_read: bool = True

    def looks(self) -> ReaderLooks:
        return ReaderLooks(**self.model_dump())


class ReaderLooksOut(OutputSchema):
    font: str
    size: str
    width: str
    line: str
    theme: str
    marks_read: bool
