"""What tests of notes do again and again."""

from typing import Any

from tests.factories.accounts import Person
from trackeep.notes import queries, service
from trackeep.notes.drafts import NoteChanges, NoteDraft


def make(person: Person, title: str, body: str = "", **parts: Any) -> int:
    space_id = parts.pop("space_id", person.space_id)
    return service.create_note(person.actor, space_id, NoteDraft(title=title, body=body, **parts))


def body_of(person: Person, note_id: int) -> str:
    return queries.read_note(person.actor, note_id)[1].body


def version_of(person: Person, note_id: int) -> int:
    return queries.get_note(person.actor, note_id).version


def edit(person: Person, note_id: int, **changes: Any) -> service.Followed:
    """As somebody does who has just opened the note."""
    return service.edit_note(person.actor, note_id, NoteChanges(**changes), version=version_of(person, note_id))
