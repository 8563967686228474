"""Encrypted notes: nothing of the plain text stays on the server."""

import base64
from typing import Any

import pytest
from sqlalchemy import select

from tests.factories.accounts import Person
from tests.notes.making import body_of, edit, make, version_of
from trackeep.core import db
from trackeep.core.errors import Conflict, Invalid, PreconditionRequired
from trackeep.core.search_index import SearchDocument
from trackeep.notes import queries, service
from trackeep.notes.errors import NoteSealed
from trackeep.notes.models import Note, NoteLink, NoteVersion, SealedVersion
from trackeep.notes.sealed import Sealed


def sealed(**other: Any) -> Sealed:
    parts: dict[str, Any] = {
        "cipher_text": base64.b64encode(b"c" * 40).decode(),
        "salt": base64.b64encode(b"s" * 16).decode(),
        "iv": base64.b64encode(b"i" * 12).decode(),
        "iterations": 600_000,
    }
    return Sealed(**{**parts, **other})


def seal(person: Person, note_id: int, what: Sealed | None = None, **how: bool) -> None:
    service.seal_note(person.actor, note_id, what or sealed(), version=version_of(person, note_id), **how)


def everything_kept() -> str:
    """All rows of the tables of notes, and what is found of them."""
    tables = (Note, NoteVersion, SealedVersion, NoteLink, SearchDocument)
    return repr([db.rows(select(*table.__table__.columns)) for table in tables])


def test_sealing_leaves_nothing_of_the_text(alice: Person) -> None:
    note_id = make(alice, "Diary", "the secretword and [[Another]]")
    edit(alice, note_id, body="the secretword again and [[Another]]")
    seal(alice, note_id)
    note, text = queries.read_note(alice.actor, note_id)
    assert (note.encrypted, note.excerpt, text.body, text.sealed) == (True, "", "", sealed().as_json())
    assert "secretword" not in everything_kept()
    assert queries.find_notes(alice.actor, "secretword", 5) == []
    assert [hit.id for hit in queries.find_notes(alice.actor, "Diary", 5)] == [note_id]
    assert list(queries.list_versions(alice.actor, note_id).items) == []


def test_a_sealed_note_is_changed_by_the_browser_only(alice: Person) -> None:
    note_id = make(alice, "Diary", "- [ ] secret")
    seal(alice, note_id)
    with pytest.raises(NoteSealed):
        edit(alice, note_id, body="plain")
    with pytest.raises(NoteSealed):
        service.tick(alice.actor, note_id, line=1, checked=True, expected="- [ ] secret")
    edit(alice, note_id, title="Journal", pinned=True)
    other = sealed(cipher_text=base64.b64encode(b"d" * 50).decode())
    with pytest.raises(PreconditionRequired):
        service.seal_note(alice.actor, note_id, other, version=None)
    with pytest.raises(Conflict) as caught:
        service.seal_note(alice.actor, note_id, other, version=1)
    assert caught.value.extra["theirs"] == {"sealed": sealed().as_json()}
    seal(alice, note_id, other)
    assert list(queries.list_versions(alice.actor, note_id).items) == []
    service.trash_notes(alice.actor, [note_id])
    service.restore_notes(alice.actor, [note_id])
    assert queries.read_note(alice.actor, note_id)[1].sealed == other.as_json()


def test_an_opened_note_is_like_any_other(alice: Person) -> None:
    note_id = make(alice, "Diary", "first")
    with pytest.raises(Conflict):
        service.open_note(alice.actor, note_id, "x", version=1)
    seal(alice, note_id)
    service.open_note(alice.actor, note_id, "plain again", version=version_of(alice, note_id))
    assert body_of(alice, note_id) == "plain again"
    assert queries.read_note(alice.actor, note_id)[1].sealed is None
    assert [hit.id for hit in queries.find_notes(alice.actor, "again", 5)] == [note_id]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("cipher_text", "not base64!"),
        ("cipher_text", base64.b64encode(b"short").decode()),
        ("salt", base64.b64encode(b"s" * 8).decode()),
        ("iv", ""),
        ("iv", "\u20ac" * 16),
        ("iterations", 1_000),
        ("iterations", 10**9),
    ],
)
def test_what_no_browser_of_ours_made(alice: Person, field: str, value: object) -> None:
    note_id = make(alice, "Diary", "text")
    with pytest.raises(Invalid) as caught:
        seal(alice, note_id, sealed(**{field: value}))
    assert list(caught.value.fields) == [field]
    assert body_of(alice, note_id) == "text"
