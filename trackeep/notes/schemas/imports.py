"""Files of notes that come in and go out, and the reports about them."""

from datetime import datetime
from typing import Literal

from apiflask.fields import UploadFile

from trackeep.core.schemas import InputSchema, OutputSchema
from trackeep.notes.imports import Outcome
from trackeep.notes.schemas.fields import Cursor, Id, Limit


class NoteImportFileIn(InputSchema):
    """The zip file, into which space its notes go (without it, the personal one), and below which note."""

    file: UploadFile
    space_id: Id | None = None
    parent_id: Id | None = None


class NoteImportRowsQuery(InputSchema):
    outcome: Outcome | None = None
    cursor: Cursor = None
    limit: Limit = 50


class NoteExportQuery(InputSchema):
    """Without ``note`` all of the space; without ``space`` the personal one."""

    space: Id | None = None
    note: Id | None = None


class NoteImportOut(OutputSchema):
    """``counts`` has the number of lines by outcome; ``total`` is the number of files."""

    id: int
    space_id: int
    parent_id: int | None
    file_name: str
    state: Literal["checking", "checked", "running", "done", "undoing", "undone", "failed"]
    total: int
    saved: int
    counts: dict[str, int]
    error: str | None
    created_at: datetime
    finished_at: datetime | None


class NoteImportsOut(OutputSchema):
    items: list[NoteImportOut]


class NoteImportRowOut(OutputSchema):
    """A line of the report; ``number`` is the file's place in the archive, 0 for a folder; ``remarks`` are
    sentences."""

    position: int
    number: int
    outcome: Outcome
    title: str
    path: str
    remarks: list[str]
    note_id: int | None


class NoteImportRowsOut(OutputSchema):
    items: list[NoteImportRowOut]
    next_cursor: str | None
