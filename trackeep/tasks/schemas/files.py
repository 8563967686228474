"""Files that come in with their reports, files that go out, and calendars at secret addresses."""

from datetime import datetime
from typing import Annotated, Literal

from apiflask.fields import UploadFile
from pydantic import Field

from trackeep.core.schemas import InputSchema, OutputSchema
from trackeep.tasks.filters import View
from trackeep.tasks.formats.columns import Field as TableField
from trackeep.tasks.imports import Options, Outcome
from trackeep.tasks.schemas.fields import Cursor, Id, Limit, Name
from trackeep.tasks.schemas.selections import FilterIn
from trackeep.tasks.service import OutletDraft, Shape

Kind = Literal["own", "todoist", "table", "calendar"]
ColumnNumber = Annotated[int, Field(ge=0, le=199)]


class ImportFileIn(InputSchema):
    """The file, and into which space its tasks go; without it, the personal one."""

    file: UploadFile
    space_id: Id | None = None


class ImportOptionsIn(InputSchema):
    """``columns`` tells for a table the number of the column, from 0, that each field is read from. ``day_first``
    decides how 3/4 is meant where the column itself does not tell; ``project`` takes the tasks that name none."""

    columns: dict[TableField, ColumnNumber] = Field(default_factory=dict)
    day_first: bool = True
    project: Name = ""

    def options(self) -> Options:
        return Options(
            {str(name): number for name, number in self.columns.items()}, self.day_first, self.project.strip()
        )


class ImportRowsQuery(InputSchema):
    outcome: Outcome | None = None
    cursor: Cursor = None
    limit: Limit = 50


class ImportOptionsOut(OutputSchema):
    columns: dict[str, int]
    day_first: bool
    project: str


class ImportOut(OutputSchema):
    """``kind`` is what the file's content was recognised as; a table waits as ``choosing`` for its columns. ``counts``
    has the number of lines by outcome."""

    id: int
    space_id: int
    file_name: str
    kind: Kind
    options: ImportOptionsOut
    state: Literal["choosing", "checking", "checked", "running", "done", "undoing", "undone", "failed"]
    total: int
    saved: int
    counts: dict[str, int]
    error: str | None
    created_at: datetime
    finished_at: datetime | None


class ImportsOut(OutputSchema):
    items: list[ImportOut]


class ImportRowOut(OutputSchema):
    """A line of the report; ``number`` is the entry's place in the file, ``notes`` are sentences, ``task_id`` is the
    task that is there of it."""

    number: int
    outcome: Outcome
    title: str
    level: int
    project: str
    section: str
    due_on: str
    tags: list[str]
    notes: list[str]
    task_id: int | None


class ImportRowsOut(OutputSchema):
    items: list[ImportRowOut]
    next_cursor: str | None


class ImportDraftOut(OutputSchema):
    number: int
    title: str
    due_on: str
    project: str
    section: str
    tags: list[str]
    notes: list[str]


class ImportPreviewOut(OutputSchema):
    """The first rows of a table: the cells as they stand, and what becomes of them by the columns chosen so far."""

    columns: list[str]
    chosen: dict[str, int]
    rows: list[list[str]]
    tasks: list[ImportDraftOut]


class ExportQuery(FilterIn):
    """Which tasks, as a list shows them; without anything, all."""

    view: View = View.ALL
    format: Literal["csv", "ics"] = "csv"


class OutletIn(InputSchema):
    """A calendar: as ``events`` for every calendar program, as ``tasks`` for those that know tasks. Without
    ``space_id`` and ``project_id`` it shows all that one may read."""

    name: Name
    shape: Shape = Shape.EVENTS
    space_id: Id | None = None
    project_id: Id | None = None

    def draft(self) -> OutletDraft:
        return OutletDraft(**self.model_dump())


class OutletOut(OutputSchema):
    id: int
    space_id: int | None
    project_id: int | None
    name: str
    shape: Shape
    created_at: datetime
    last_used_at: datetime | None


class OutletsOut(OutputSchema):
    items: list[OutletOut]


class NewOutletOut(OutputSchema):
    """The address is told only this once."""

    id: int
    url: str
