"""Reads: a person's imports, and the lines of their reports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.i18n import gettext as _
from trackeep.core.paging import Page, bounded_limit, decode_cursor, encode_cursor
from trackeep.notes.imports import Outcome, remark_words
from trackeep.notes.models import NoteImport, NoteImportRow

LISTED = 50


@dataclass(frozen=True, slots=True)
class ImportItem:
    """An import as its owner sees it. ``total`` counts the files of the archive, ``counts`` the lines by outcome."""

    id: int
    user_id: int
    space_id: int
    parent_id: int | None
    file_name: str
    state: str
    total: int
    saved: int
    counts: Mapping[str, int]
    error: str | None
    undo_id: int | None
    created_at: datetime
    finished_at: datetime | None

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
    """A line of the report; ``remarks`` are sentences, ``note_id`` is what it became or met."""

    position: int
    number: int
    outcome: str
    title: str
    path: str
    remarks: Sequence[str]
    note_id: int | None


_COLUMNS = tuple(getattr(NoteImport, name) for name in ImportItem.__dataclass_fields__)
_ROW = (
    NoteImportRow.position,
    NoteImportRow.number,
    NoteImportRow.outcome,
    NoteImportRow.title,
    NoteImportRow.path,
    NoteImportRow.remarks,
    NoteImportRow.note_id,
)


def list_imports(actor: Actor) -> list[ImportItem]:
    """The actor's imports, newest first."""
    mine = select(*_COLUMNS).where(*_mine(actor)).order_by(NoteImport.id.desc()).limit(LISTED)
    return [ImportItem(*row) for row in db.rows(mine)]


def get_import(actor: Actor, import_id: int) -> ImportItem:
    """Raises NotFound for what does not exist and for what is somebody else's."""
    rows = db.rows(select(*_COLUMNS).where(NoteImport.id == import_id, *_mine(actor)))
    if not rows:
        raise NotFound()
    return ImportItem(*rows[0])


def import_rows(
    actor: Actor, import_id: int, *, outcome: Outcome | None = None, cursor: str | None = None, limit: int = 50
) -> Page[ImportRowItem]:
    """The report from the top folder down, one page at a time."""
    get_import(actor, import_id)
    count = bounded_limit(limit)
    query: db.AnySelect = select(*_ROW).where(NoteImportRow.import_id == import_id)
    if outcome is not None:
        query = query.where(NoteImportRow.outcome == outcome.value)
    if cursor:
        query = query.where(NoteImportRow.position > decode_cursor(cursor, (int,))[0])
    rows = db.rows(query.order_by(NoteImportRow.position).limit(count + 1))
    following = encode_cursor(rows[count - 1].position) if len(rows) > count else None
    return Page([_item(row) for row in rows[:count]], following)


def last_saved(actor: Actor, import_id: int, limit: int = 8) -> list[ImportRowItem]:
    """What the run has saved last, newest first: its live log."""
    get_import(actor, import_id)
    saved = (NoteImportRow.import_id == import_id, NoteImportRow.outcome == Outcome.SAVED.value)
    order = (NoteImportRow.depth.desc(), NoteImportRow.position.desc())
    return [_item(row) for row in db.rows(select(*_ROW).where(*saved).order_by(*order).limit(limit))]


def _mine(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    # Who has left the space has lost what they were about to bring into it.
    return NoteImport.user_id == actor.require_user(), NoteImport.space_id.in_(actor.readable_spaces)


def _item(row: db.AnyRow) -> ImportRowItem:
    words = [*_about(row.outcome), *remark_words(row.remarks)]
    return ImportRowItem(row.position, row.number, row.outcome, row.title, row.path, words, row.note_id)


def _about(outcome: str) -> list[str]:
    if outcome == Outcome.SAME:
        return [_("An earlier file at the same place says the same.")]
    if outcome == Outcome.KNOWN:
        return [_("It is among your notes already and is left as it is.")]
    return []
