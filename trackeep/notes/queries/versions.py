"""What a note said before."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.paging import Page, bounded_limit, decode_cursor, encode_cursor
from trackeep.notes.models import NoteVersion
from trackeep.notes.packing import unpack
from trackeep.notes.queries.items import get_note


@dataclass(frozen=True, slots=True)
class VersionItem:
    """One version without its text; the newest one is what the note says now. ``size`` is in bytes."""

    number: int
    title: str
    size: int
    author_id: int | None
    begun_at: datetime
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class VersionText:
    """One version with its text."""

    number: int
    title: str
    size: int
    author_id: int | None
    begun_at: datetime
    saved_at: datetime
    body: str


_COLUMNS = (
    NoteVersion.number,
    NoteVersion.title,
    NoteVersion.size,
    NoteVersion.author_id,
    NoteVersion.begun_at,
    NoteVersion.saved_at,
)


def list_versions(actor: Actor, note_id: int, *, cursor: str | None = None, limit: int = 50) -> Page[VersionItem]:
    """Newest first; an encrypted note has others, that are sealed."""
    get_note(actor, note_id)
    count = bounded_limit(limit)
    query: db.AnySelect = select(*_COLUMNS).where(NoteVersion.note_id == note_id)
    if cursor:
        (last,) = decode_cursor(cursor, (int,))
        query = query.where(NoteVersion.number < last)
    rows = db.rows(query.order_by(NoteVersion.number.desc()).limit(count + 1))
    items = [VersionItem(*row) for row in rows[:count]]
    return Page(items, encode_cursor(items[-1].number) if len(rows) > count else None)


def get_version(actor: Actor, note_id: int, number: int) -> VersionText:
    get_note(actor, note_id)
    query: db.AnySelect = select(*_COLUMNS, NoteVersion.body)
    query = query.where(NoteVersion.note_id == note_id, NoteVersion.number == number)
    rows = db.rows(query)
    if not rows:
        raise NotFound()
    row = rows[0]
    return VersionText(row.number, row.title, row.size, row.author_id, row.begun_at, row.saved_at, unpack(row.body))


def number_before(actor: Actor, note_id: int, number: int) -> int | None:
    """The version before this one, as far as it is kept."""
    get_note(actor, note_id)
    query: db.AnySelect = select(NoteVersion.number).where(NoteVersion.note_id == note_id, NoteVersion.number < number)
    rows = db.rows(query.order_by(NoteVersion.number.desc()).limit(1))
    return rows[0].number if rows else None
