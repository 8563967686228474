"""Files that are brought, and the reports about them."""

from datetime import datetime
from typing import Annotated, Literal

from apiflask.fields import UploadFile
from pydantic import Field

from trackeep.bookmarks.formats import Format
from trackeep.bookmarks.imports import Outcome
from trackeep.bookmarks.schemas.fields import Id
from trackeep.core.schemas import InputSchema, OutputSchema


class ImportFileIn(InputSchema):
    """The file, and into which space its bookmarks go; without it, the personal one."""

    file: UploadFile
    space_id: Id | None = None


class ImportRunIn(InputSchema):
    """``share_public`` shares what the file marks as public with everybody signed in; otherwise nothing is shared."""

    share_public: bool = False


class ImportRowsQuery(InputSchema):
    outcome: Outcome | None = None
    cursor: Annotated[str | None, Field(max_length=2_000)] = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class LeftOutQuery(InputSchema):
    format: Literal["md", "json"] = "md"


class ImportOut(OutputSchema):
    """``counts`` has the number of lines by outcome; without the remarks they add up to ``total`` entries.
    ``format`` is what the file's content was recognised as."""

    id: int
    space_id: int
    file_name: str
    format: Format
    state: Literal["checking", "checked", "running", "done", "undoing", "undone", "failed"]
    total: int
    saved: int
    counts: dict[str, int]
    error: str | None
    created_at: datetime
    finished_at: datetime | None


class ImportsOut(OutputSchema):
    items: list[ImportOut]


class ImportRowOut(OutputSchema):
    """A line of the report; ``number`` is the entry's place in the file, ``notes`` are sentences."""

    position: int
    number: int
    outcome: Outcome
    title: str
    url: str
    notes: list[str]
    tags: list[str]
    folders: list[str]


class ImportRowsOut(OutputSchema):
    items: list[ImportRowOut]
    next_cursor: str | None
