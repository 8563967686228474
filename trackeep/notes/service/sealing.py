"""Encrypted notes: what the browser sealed is kept as it is, and nothing of the plain text stays."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update

from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.errors import Conflict, PreconditionRequired
from trackeep.core.objects import expect_version, touch_objects
from trackeep.notes import signals
from trackeep.notes.models import Note
from trackeep.notes.sealed import Sealed, checked
from trackeep.notes.service.links import forget_links
from trackeep.notes.service.rows import Text, Writable, checked_body, index_again, writable, write_texts
from trackeep.notes.service.versions import forget_versions


def seal_note(actor: Actor, note_id: int, sealed: Sealed, *, version: int | None) -> None:
    """Keep this instead of the text, or instead of what was sealed before. The versions with the plain text, its links
    and its words in the search are gone for good; the title stays."""
    with db.unit_of_work() as session:
        sealed = checked(sealed)
        note = _expected(actor, note_id, version, yours={"sealed": sealed.as_json()})
        values: dict[str, Any] = {"sealed": sealed.as_json(), "encrypted": True, "body": "", "excerpt": ""}
        values |= {"size": len(sealed.cipher_text), "changed_at": clock.now()}
        session.execute(update(Note).where(Note.id == note.id).values(**values))
        forget_versions([note.id])
        forget_links([note.id])
        index_again([note.id])
        touch_objects([note.id])
        signals.notes_changed.announce(ids=[note.id])


def open_note(actor: Actor, note_id: int, body: str, *, version: int | None) -> None:
    """Keep the text, which the browser has opened, as that of any note. Raises Conflict for one that is not sealed."""
    with db.unit_of_work() as session:
        note = _expected(actor, note_id, version, yours={"body": body})
        if not note.encrypted:
            raise Conflict()
        session.execute(update(Note).where(Note.id == note.id).values(sealed=None, encrypted=False))
        write_texts(actor, note.space_id, {note.id: Text(note.title, checked_body(body))})


def _expected(actor: Actor, note_id: int, version: int | None, *, yours: Mapping[str, object]) -> Writable:
    if version is None:
        raise PreconditionRequired()
    note = writable(actor, note_id)
    theirs = {"sealed": note.sealed} if note.encrypted else {"body": note.body}
    expect_version(note_id, version, yours=yours, theirs=theirs)
    return note
