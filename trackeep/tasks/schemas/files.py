"""Files that come in with their reports, files that go out, and calendars at secret addresses."""

from datetime import date, datetime
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


class TaskFileIn(InputSchema):
    """The file, and into which space its tasks go; without it, the personal one."""

    file: UploadFile
    space_id: Id | None = None


class TaskImportOptionsIn(InputSchema):
    """``columns`` tells for a table the number of the column, from 0, that each field is read from. ``day_first``
    decides how 3/4 is meant where the column itself does not tell; ``project`` takes the tasks that name none."""

    columns: dict[TableField, ColumnNumber] = Field(default_factory=dict)
    day_first: bool = True
    project: Name = ""

    def options(self) -> Options:
        return Options(
            {str(name): number for name, number in self.columns.items()}, self.day_first, self.project.strip()
        )


class TaskImportRowsQuery(InputSchema):
    outcome: Outcome | None = None
    cursor: Cursor = None
    limit: Limit = 50


class TaskImportOptionsOut(OutputSchema):
    columns: dict[str, int]
    day_first: bool
    project: str


class TaskImportOut(OutputSchema):
    """``kind`` is what the file's content was recognised as; a table waits as ``choosing`` for its columns. ``counts``
    has the number of lines by outcome."""

    id: int
    space_id: int
    file_name: str
    kind: Kind
    options: TaskImportOptionsOut
    state: Literal["choosing", "checking", "checked", "running", "done", "undoing", "undone", "failed"]
    total: int
    saved: int
    counts: dict[str, int]
    error: str | None
    created_at: datetime
    finished_at: datetime | None


class TaskImportsOut(OutputSchema):
    items: list[TaskImportOut]


class TaskImportRowOut(OutputSchema):
    """A line of the report; ``number`` is the entry's place in the file, ``notes`` are sentences, ``task_id`` is the
    task that is there of it."""

    number: int
    outcome: Outcome
    title: str
    level: int
    project: str
    section: str
    due_on: date | None
    tags: list[str]
    notes: list[str]
    task_id: int | None


class TaskImportRowsOut(OutputSchema):
    items: list[TaskImportRowOut]
    next_cursor: str | None


class TaskImportDraftOut(OutputSchema):
    number: int
    title: str
    due_on: date | None
    project: str
    section: str
    tags: list[str]
    notes: list[str]


class TaskImportPreviewOut(OutputSchema):
    """The first rows of a table: the cells as they stand, and what becomes of them by the columns chosen so far."""

    columns: list[str]
    chosen: dict[str, int]
    rows: list[list[str]]
    tasks: list[TaskImportDraftOut]


class TaskExportQuery(FilterIn):
    """Which tasks, as a list shows them; without anything, all."""

    view: View = View.ALL
    format: Literal["csv", "ics"] = "csv"


class CalendarIn(InputSchema):
    """A calendar: as ``events`` for every calendar program, as ``tasks`` for those that know tasks. Without
    ``space_id`` and ``project_id`` it shows all that one may read."""

    name: Name
    shape: Shape = Shape.EVENTS
    space_id: Id | None = None
    project_id: Id | None = None

    def draft(self) -> OutletDraft:
        return OutletDraft(**self.model_dump())


class CalendarOut(OutputSchema):
    id: int
    space_id: int | None
    project_id: int | None
    name: str
    shape: Shape
    created_at: datetime
    last_used_at: datetime | None


class CalendarsOut(OutputSchema):
    items: list[CalendarOut]


class NewCalendarOut(OutputSchema):
    """The address is told only this once."""

    id: int
    url: str
