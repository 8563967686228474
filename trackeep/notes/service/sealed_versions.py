"""Keeping what encrypted notes said, as the browser sealed it, by the rules of plain versions and a bound in bytes."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.notes.models import SealedVersion
from trackeep.notes.sealed import Sealed
from trackeep.notes.service.versions import forget_up_to, newest_of, next_steps, write_versions

MAX_BYTES = 20_000_000
"""Of all sealed versions of a note: unlike words they cannot be compressed."""


def add_sealed_version(
    actor: Actor, note_id: int, sealed: Sealed, *, apart: bool = False, new_passphrase: bool = False
) -> None:
    """Keep this as the newest version, inside the open unit of work. One under a ``new_passphrase`` never takes the
    place of one under the passphrase before."""
    newest = newest_of(SealedVersion, [note_id])
    (step,) = next_steps(actor, newest, [note_id], apart=apart or new_passphrase)
    passphrase = (passphrase_of(note_id) or 1) + (1 if new_passphrase and newest else 0)
    write_versions(SealedVersion, [{**step, **_columns(sealed), "passphrase": passphrase}])
    _forget_beyond_bytes(note_id)


def keep_what_was_there(note_id: int, sealed: Sealed, saved_at: datetime) -> None:
    """What a note says that was encrypted before versions were kept; nothing when it has one. Nobody knows whose it
    is."""
    if not newest_of(SealedVersion, [note_id]):
        row = {"note_id": note_id, "number": 1, "author_id": None, "begun_at": saved_at, "saved_at": saved_at}
        write_versions(SealedVersion, [{**row, **_columns(sealed), "passphrase": 1}])


def forget_earlier_than_newest(note_id: int) -> None:
    for newest in newest_of(SealedVersion, [note_id]).values():
        forget_up_to(SealedVersion, note_id, newest.number - 1)


def passphrase_of(note_id: int) -> int | None:
    """Of which of its passphrases a note is by now, counted from 1."""
    query: db.AnySelect = select(func.max(SealedVersion.passphrase)).where(SealedVersion.note_id == note_id)
    found: int | None = db.session().scalar(query)
    return found


def _columns(sealed: Sealed) -> dict[str, Any]:
    parts = sealed.as_bytes()
    return {**parts, "iterations": sealed.iterations, "size": len(parts["cipher_text"])}


def _forget_beyond_bytes(note_id: int) -> None:
    """The newest stays, whatever its size."""
    query: db.AnySelect = select(SealedVersion.number, SealedVersion.size).where(SealedVersion.note_id == note_id)
    total = 0
    for position, row in enumerate(db.rows(query.order_by(SealedVersion.number.desc()))):
        total += row.size
        if position and total > MAX_BYTES:
            forget_up_to(SealedVersion, note_id, row.number)
            break
