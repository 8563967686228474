"""Reads: a person's imports, the lines of their reports, and what was saved last."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from trackeep.bookmarks.imports import FORMAT_NAMES, Outcome, note_words
from trackeep.bookmarks.models import BookmarkImport, BookmarkImportRow
from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.i18n import gettext as _
from trackeep.core.paging import Page, bounded_limit, decode_cursor, encode_cursor

LISTED = 50
_STEP = 100
_NOT_TAKEN = (Outcome.SKIPPED.value, Outcome.BROKEN.value, Outcome.REMARK.value)


@dataclass(frozen=True, slots=True)
class ImportItem:
    """An import as its owner sees it. ``total`` counts the entries of the file, ``counts`` the lines by outcome,
    those that would be ``public``, and those that hold content which was ``left`` out."""

    id: int
    user_id: int
    space_id: int
    file_name: str
    format: str
    state: str
    total: int
    saved: int
    counts: Mapping[str, int]
    error: str | None
    undo_id: int | None
    created_at: datetime
    finished_at: datetime | None

    @property
    def format_name(self) -> str:
        """What the file was recognised as, in words."""
        return str(FORMAT_NAMES.get(self.format, self.format))

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
    """A line of the report; ``notes`` are sentences."""

    position: int
    number: int
    outcome: str
    title: str
    url: str
    notes: Sequence[str]
    tags: Sequence[str]
    folders: Sequence[str]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An entry that was not taken, with what the file says of it."""

    number: int
    title: str
    notes: Sequence[str]
    left: Mapping[str, Any]


COLUMNS = (
    BookmarkImport.id,
    BookmarkImport.user_id,
    BookmarkImport.space_id,
    BookmarkImport.file_name,
    BookmarkImport.format,
    BookmarkImport.state,
    BookmarkImport.total,
    BookmarkImport.saved,
    BookmarkImport.counts,
    BookmarkImport.error,
    BookmarkImport.undo_id,
    BookmarkImport.created_at,
    BookmarkImport.finished_at,
)


def list_imports(actor: Actor) -> list[ImportItem]:
    """The actor's imports, newest first."""
    mine = select(*COLUMNS).where(*_mine(actor)).order_by(BookmarkImport.id.desc()).limit(LISTED)
    return [ImportItem(*row) for row in db.session().execute(mine)]


def get_import(actor: Actor, import_id: int) -> ImportItem:
    """Raises NotFound for what does not exist and for what is somebody else's."""
    row = db.session().execute(select(*COLUMNS).where(BookmarkImport.id == import_id, *_mine(actor))).first()
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
        query = query.where(BookmarkImportRow.outcome == outcome.value)
    if cursor:
        query = query.where(BookmarkImportRow.position > decode_cursor(cursor, (int,))[0])
    rows = db.session().scalars(query.order_by(BookmarkImportRow.position).limit(limit + 1)).all()
    following = encode_cursor(rows[limit - 1].position) if len(rows) > limit else None
    return Page([_item(row) for row in rows[:limit]], following)


def left_out(actor: Actor, import_id: int) -> Iterator[LeftOut]:
    """What was not taken, in the order of the file, a few at a time; remarks only where content hangs on them. Raises
    NotFound at once."""
    get_import(actor, import_id)
    return _left_out(import_id)


def last_saved(actor: Actor, import_id: int, limit: int = 8) -> list[ImportRowItem]:
    """What the run has saved last, newest first: its live log."""
    get_import(actor, import_id)
    saved = _rows(import_id).where(BookmarkImportRow.outcome == Outcome.SAVED.value)
    return [_item(row) for row in db.session().scalars(saved.order_by(BookmarkImportRow.position.desc()).limit(limit))]


def _left_out(import_id: int) -> Iterator[LeftOut]:
    last = 0
    query = _rows(import_id).where(BookmarkImportRow.outcome.in_(_NOT_TAKEN)).order_by(BookmarkImportRow.position)
    while True:
        rows = db.session().scalars(query.where(BookmarkImportRow.position > last).limit(_STEP)).all()
        found = [_left(row) for row in rows if row.outcome != Outcome.REMARK or row.payload.get("left")]
        size, last = len(rows), rows[-1].position if rows else last
        db.release()
        yield from found
        if size < _STEP:
            return


def _left(row: BookmarkImportRow) -> LeftOut:
    return LeftOut(row.number, row.title, note_words(row.notes), row.payload.get("left", {}))


def _mine(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    # Who has left the space has lost what they were about to bring into it.
    return BookmarkImport.user_id == actor.require_user(), BookmarkImport.space_id.in_(actor.readable_spaces)


def _rows(import_id: int) -> db.AnySelect:
    mine: db.AnySelect = select(BookmarkImportRow).where(BookmarkImportRow.import_id == import_id)
    return mine.execution_options(populate_existing=True)


def _item(row: BookmarkImportRow) -> ImportRowItem:
    return ImportRowItem(
        row.position,
        row.number,
        row.outcome,
        row.title,
        row.url,
        [*_about(row), *note_words(row.notes)],
        row.payload.get("tags", []),
        row.payload.get("folders", []),
    )


def _about(row: BookmarkImportRow) -> list[str]:
    if row.outcome == Outcome.SAME:
        return [_("The same page as entry %(number)s; its folders and tags are added there.", number=row.same_as)]
    if row.outcome == Outcome.KNOWN:
        return [_("It is in your library already and is left as it is.")]
    return []
