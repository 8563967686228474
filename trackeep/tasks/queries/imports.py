"""Reads: a person's imports of tasks, the lines of their reports, what was saved last, and the columns of a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import Gone, Invalid, NotFound
from trackeep.core.i18n import gettext as _
from trackeep.core.kept_files import opened
from trackeep.core.paging import Page, bounded_limit, decode_cursor, encode_cursor
from trackeep.tasks.formats import UnreadableFile, columns
from trackeep.tasks.imports import KIND_NAMES, Options, Outcome
from trackeep.tasks.models import TaskImport, TaskImportRow
from trackeep.tasks.zones import zone_of

LISTED = 50


@dataclass(frozen=True, slots=True)
class ImportItem:
    """An import as its owner sees it. ``total`` counts the entries of the file, ``counts`` the lines by outcome."""

    id: int
    user_id: int
    space_id: int
    file_name: str
    kind: str
    options: Mapping[str, Any]
    state: str
    total: int
    saved: int
    counts: Mapping[str, int]
    error: str | None
    undo_id: int | None
    created_at: datetime
    finished_at: datetime | None

    @property
    def kind_name(self) -> str:
        """What the file was recognised as, in words."""
        return str(KIND_NAMES[self.kind])

    @property
    def is_working(self) -> bool:
        """Whether a job is at it, so that the page should ask again soon."""
        return self.state in ("checking", "running", "undoing")

    @property
    def to_save(self) -> int:
        """All that is or was to be saved, for a bar that fills."""
        return self.counts.get(Outcome.NEW, 0) + self.counts.get(Outcome.SAVED, 0)


@dataclass(frozen=True, slots=True)
class ImportRowItem:
    """A line of the report; ``notes`` are sentences, ``task_id`` is the task that is there of it."""

    number: int
    outcome: str
    title: str
    level: int
    project: str
    section: str
    due_on: date | None
    tags: Sequence[str]
    notes: Sequence[str]
    task_id: int | None


COLUMNS = (
    TaskImport.id,
    TaskImport.user_id,
    TaskImport.space_id,
    TaskImport.file_name,
    TaskImport.kind,
    TaskImport.options,
    TaskImport.state,
    TaskImport.total,
    TaskImport.saved,
    TaskImport.counts,
    TaskImport.error,
    TaskImport.undo_id,
    TaskImport.created_at,
    TaskImport.finished_at,
)


def list_imports(actor: Actor) -> list[ImportItem]:
    """The actor's imports, newest first."""
    mine = select(*COLUMNS).where(*_mine(actor)).order_by(TaskImport.id.desc()).limit(LISTED)
    return [ImportItem(*row) for row in db.session().execute(mine)]


def get_import(actor: Actor, import_id: int) -> ImportItem:
    """Raises NotFound for what does not exist and for what is somebody else's."""
    row = db.session().execute(select(*COLUMNS).where(TaskImport.id == import_id, *_mine(actor))).first()
    if row is None:
        raise NotFound()
    return ImportItem(*row)


def import_rows(
    actor: Actor, import_id: int, *, outcome: Outcome | None = None, cursor: str | None = None, limit: int = 50
) -> Page[ImportRowItem]:
    """The report in the order of the file, one page at a time."""
    get_import(actor, import_id)
    limit = bounded_limit(limit)
    query = _rows(import_id)
    if outcome is not None:
        query = query.where(TaskImportRow.outcome == outcome.value)
    if cursor:
        query = query.where(TaskImportRow.number > decode_cursor(cursor, (int,))[0])
    rows = db.session().scalars(query.order_by(TaskImportRow.number).limit(limit + 1)).all()
    following = encode_cursor(rows[limit - 1].number) if len(rows) > limit else None
    return Page([_item(row) for row in rows[:limit]], following)


def last_saved(actor: Actor, import_id: int, limit: int = 8) -> list[ImportRowItem]:
    """What the run has saved last, newest first: its live log."""
    get_import(actor, import_id)
    saved = _rows(import_id).where(TaskImportRow.outcome == Outcome.SAVED.value)
    order = (TaskImportRow.level.desc(), TaskImportRow.number.desc())
    return [_item(row) for row in db.session().scalars(saved.order_by(*order).limit(limit))]


def preview_columns(actor: Actor, import_id: int) -> columns.Preview:
    """The first rows of a table that waits, as they are read by the columns chosen so far. Raises Gone when it does not
    wait any more, and Invalid."""
    item = get_import(actor, import_id)
    key = db.session().scalar(select(TaskImport.blob_key).where(TaskImport.id == import_id))
    if item.kind != "table" or key is None:
        raise Gone(_("The file is no longer there. Please bring it once more."))
    options = Options.of(item.options)
    mapped = {name: options.columns[name] for name in columns.FIELD_WORDS if name in options.columns}
    zone = zone_of(actor.time_zone)
    try:
        with opened(key) as file:
            now = item.created_at.astimezone(zone)
            return columns.preview(file, mapped, now=now, zone=zone, day_first=options.day_first)
    except UnreadableFile as error:
        raise Invalid(fields={"file": [str(error.reason)]}) from error
    except FileNotFoundError as error:
        raise Gone(_("The file is no longer there. Please bring it once more.")) from error


def _mine(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    # Who has left the space has lost what they were about to bring into it.
    return TaskImport.user_id == actor.require_user(), TaskImport.space_id.in_(actor.readable_spaces)


def _rows(import_id: int) -> db.AnySelect:
    mine: db.AnySelect = select(TaskImportRow).where(TaskImportRow.import_id == import_id)
    return mine.execution_options(populate_existing=True)


def _item(row: TaskImportRow) -> ImportRowItem:
    told = row.payload
    return ImportRowItem(
        row.number,
        row.outcome,
        row.title,
        row.level,
        told.get("project", ""),
        told.get("section", ""),
        date.fromisoformat(told["due_on"]) if "due_on" in told else None,
        told.get("tags", []),
        [*_about(row), *told.get("said", [])],
        row.task_id,
    )


def _about(row: TaskImportRow) -> list[str]:
    if row.outcome == Outcome.SAME:
        return [_("The same as entry %(number)s.", number=row.same_as)]
    if row.outcome == Outcome.KNOWN:
        return [_("This task is here already and is left as it is.")]
    return []
