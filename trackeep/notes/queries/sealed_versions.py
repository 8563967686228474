"""What an encrypted note said before, as it was sealed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.paging import Page, bounded_limit, decode_cursor, encode_cursor
from trackeep.notes.models import SealedVersion
from trackeep.notes.queries.items import get_note
from trackeep.notes.sealed import Sealed


@dataclass(frozen=True, slots=True)
class SealedVersionItem:
    """One version without what was sealed; the newest one is what the note says now. ``passphrase`` tells of which of
    the note's passphrases it is, counted from 1; ``size`` is that of the sealed text."""

    number: int
    size: int
    passphrase: int
    author_id: int | None
    begun_at: datetime
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class SealedVersionText(SealedVersionItem):
    """One version with what was sealed."""

    sealed: Sealed


_COLUMNS = (
    SealedVersion.number,
    SealedVersion.size,
    SealedVersion.passphrase,
    SealedVersion.author_id,
    SealedVersion.begun_at,
    SealedVersion.saved_at,
)
_SEALED = (SealedVersion.cipher_text, SealedVersion.salt, SealedVersion.iv, SealedVersion.iterations)


def list_sealed_versions(
    actor: Actor, note_id: int, *, cursor: str | None = None, limit: int = 50
) -> Page[SealedVersionItem]:
    """Newest first; a plain note has none."""
    get_note(actor, note_id)
    count = bounded_limit(limit)
    query: db.AnySelect = select(*_COLUMNS).where(SealedVersion.note_id == note_id)
    if cursor:
        (last,) = decode_cursor(cursor, (int,))
        query = query.where(SealedVersion.number < last)
    rows = db.rows(query.order_by(SealedVersion.number.desc()).limit(count + 1))
    items = [SealedVersionItem(*row) for row in rows[:count]]
    return Page(items, encode_cursor(items[-1].number) if len(rows) > count else None)


def get_sealed_version(actor: Actor, note_id: int, number: int) -> SealedVersionText:
    get_note(actor, note_id)
    query: db.AnySelect = select(*_COLUMNS, *_SEALED)
    rows = db.rows(query.where(SealedVersion.note_id == note_id, SealedVersion.number == number))
    if not rows:
        raise NotFound()
    row = rows[0]
    sealed = Sealed.of_bytes(row.cipher_text, row.salt, row.iv, row.iterations)
    return SealedVersionText(
        row.number, row.size, row.passphrase, row.author_id, row.begun_at, row.saved_at, sealed=sealed
    )


def newest_passphrase(actor: Actor, note_id: int) -> tuple[int, datetime | None]:
    """Of which of its passphrases the note is by now, and since when; (1, None) where there was only one."""
    get_note(actor, note_id)
    query: db.AnySelect = select(SealedVersion.passphrase, func.min(SealedVersion.begun_at).label("since"))
    query = query.where(SealedVersion.note_id == note_id).group_by(SealedVersion.passphrase)
    rows = db.rows(query.order_by(SealedVersion.passphrase.desc()).limit(2))
    if not rows:
        return 1, None
    return rows[0].passphrase, rows[0].since if len(rows) > 1 else None
