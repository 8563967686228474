"""Highlights."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, model_validator

from trackeep.bookmarks.highlights import Colour, HighlightFilters, Passage, State
from trackeep.bookmarks.schemas.fields import MAX_TEXT, Id, Text
from trackeep.core.i18n import gettext as _
from trackeep.core.schemas import InputSchema, OutputSchema

Offset = Annotated[int, Field(ge=0, le=2**31 - 1)]
Context = Annotated[str, Field(max_length=1_000)]


class HighlightIn(InputSchema):
    """``quote`` alone is enough: it is looked for in the article. ``prefix`` and ``suffix`` (about 40 characters around
    it) tell apart words that occur several times; ``start`` and ``end`` count code points of the article's text."""

    quote: Text
    prefix: Context = ""
    suffix: Context = ""
    start: Offset | None = None
    end: Offset | None = None
    colour: Colour = Colour.YELLOW
    note: Text = ""
    added_at: AwareDatetime | None = None

    @model_validator(mode="after")
    def _both_offsets(self) -> "HighlightIn":
        if (self.start is None) != (self.end is None) or (self.start is not None and self.start >= (self.end or 0)):
            raise ValueError(_("Please send start and end, the end behind the start, or none of both."))
        return self

    def passage(self) -> Passage:
        return Passage(**self.model_dump())


class HighlightPatch(InputSchema):
    """Only the fields that are present change. A note needs the ``If-Match`` header with the version that was
    edited; null empties it."""

    colour: Colour | None = None
    note: Text | None = None

    @property
    def new_note(self) -> str | None:
        return (self.note or "") if "note" in self.model_fields_set else None


class HighlightFilterIn(InputSchema):
    """Which highlights are meant; all parts must hold."""

    colour: Colour | None = None
    tag: Annotated[str, Field(max_length=200)] = ""
    site: Annotated[str, Field(max_length=255)] = ""
    text: Annotated[str, Field(max_length=MAX_TEXT)] = ""
    bookmark: Id | None = None
    space: Id | None = None

    def filters(self) -> HighlightFilters:
        return HighlightFilters(
            space_id=self.space,
            bookmark_id=self.bookmark,
            colour=self.colour,
            tag=self.tag,
            site=self.site,
            text=self.text,
        )


class HighlightQuery(HighlightFilterIn):
    cursor: Annotated[str | None, Field(max_length=2_000)] = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class HighlightExportQuery(HighlightFilterIn):
    format: Literal["md", "jsonl"] = "md"


class HighlightPageRefOut(OutputSchema):
    """The page that it is on."""

    url: str
    site: str
    title: str
    author: str


class HighlightOut(OutputSchema):
    """``start`` and ``end`` are where the passage was last found, null while it was never looked for."""

    id: int
    space_id: int
    bookmark_id: int
    quote: str
    prefix: str
    suffix: str
    start: int | None
    end: int | None
    colour: Colour
    note: str
    added_at: datetime
    updated_at: datetime
    version: int
    created_by: int | None
    page: HighlightPageRefOut


class HighlightListOut(OutputSchema):
    items: list[HighlightOut]
    next_cursor: str | None


class PlacedHighlightOut(HighlightOut):
    """``start`` and ``end`` are its place in the article's text of now. ``lost`` means that the text has changed and
    the passage is not in it any more; ``unplaced`` that there is no article."""

    state: State


class PlacedHighlightsOut(OutputSchema):
    items: list[PlacedHighlightOut]
