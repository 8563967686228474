"""Encrypted notes: what the browser sealed is kept as it is, and nothing of the plain text stays."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.errors import Conflict, PreconditionRequired
from trackeep.core.objects import expect_version, touch_objects
from trackeep.notes import signals
from trackeep.notes.models import Note, NoteVersion, SealedVersion
from trackeep.notes.sealed import Sealed, checked
from trackeep.notes.service.links import forget_links
from trackeep.notes.service.rows import Text, Writable, checked_body, index_again, writable, write_texts
from trackeep.notes.service.sealed_versions import (
    add_sealed_version,
    forget_earlier_than_newest,
    keep_what_was_there,
)
from trackeep.notes.service.versions import forget_versions


def seal_note(
    actor: Actor,
    note_id: int,
    sealed: Sealed,
    *,
    version: int | None,
    apart: bool = False,
    new_passphrase: bool = False,
    forget_earlier: bool = False,
) -> None:
    """Keep this instead of the text, or instead of what was sealed before, which stays a version. The versions with the
    plain text, its links and its words in the search are gone for good; the title stays. The browser tells whether it
    took a ``new_passphrase``, without which nobody could say which versions need the old one; with ``forget_earlier``
    they go."""
    with db.unit_of_work() as session:
        sealed = checked(sealed)
        note = _expected(actor, note_id, version, yours={"sealed": sealed.as_json()})
        if note.sealed is not None:
            keep_what_was_there(note.id, Sealed(**note.sealed), _changed_at(note.id))
        values: dict[str, Any] = {"sealed": sealed.as_json(), "encrypted": True, "body": "", "excerpt": ""}
        values |= {"size": len(sealed.cipher_text), "changed_at": clock.now()}
        session.execute(update(Note).where(Note.id == note.id).values(**values))
        add_sealed_version(actor, note.id, sealed, apart=apart, new_passphrase=new_passphrase)
        if forget_earlier:
            forget_earlier_than_newest(note.id)
        forget_versions(NoteVersion, [note.id])
        forget_links([note.id])
        index_again([note.id])
        touch_objects([note.id])
        signals.notes_changed.announce(ids=[note.id])


def open_note(actor: Actor, note_id: int, body: str, *, version: int | None) -> None:
    """Keep the text, which the browser has opened, as that of any note; its sealed versions, which no page would open
    any more, go. Raises Conflict for one that is not sealed."""
    with db.unit_of_work() as session:
        note = _expected(actor, note_id, version, yours={"body": body})
        if not note.encrypted:
            raise Conflict()
        session.execute(update(Note).where(Note.id == note.id).values(sealed=None, encrypted=False))
        forget_versions(SealedVersion, [note.id])
        write_texts(actor, note.space_id, {note.id: Text(note.title, checked_body(body))})


def _changed_at(note_id: int) -> datetime:
    return db.rows(select(Note.changed_at).where(Note.id == note_id))[0].changed_at  # type: ignore[no-any-return]  # rows know no types


def _expected(actor: Actor, note_id: int, version: int | None, *, yours: Mapping[str, object]) -> Writable:
    if version is None:
        raise PreconditionRequired()
    note = writable(actor, note_id)
    theirs = {"sealed": note.sealed} if note.encrypted else {"body": note.body}
    expect_version(note_id, version, yours=yours, theirs=theirs)
    return note
