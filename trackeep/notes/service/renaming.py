"""Renaming: the links of all notes of the space follow in the same unit of work, and that can be taken back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import select

from trackeep.core import db, undo
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.objects import take_turn
from trackeep.notes.errors import RenamedAgain
from trackeep.notes.keys import title_key
from trackeep.notes.models import Note, NoteVersion
from trackeep.notes.packing import unpack
from trackeep.notes.service.links import settle_links
from trackeep.notes.service.rows import Text, Writable, writable, write_texts
from trackeep.notes.service.versions import newest_numbers
from trackeep.notes.texts import is_too_long
from trackeep.notes.wikilinks import renamed

DOMAIN, RESTORER = "notes", "note-links"
_BATCH = 200


class Followed(NamedTuple):
    """In how many notes links were rewritten, and the id with which ``undo_rename`` takes the new name back."""

    notes: int
    undo_id: int | None


@dataclass(frozen=True, slots=True)
class Taken:
    """How many notes are as before, and which ones somebody has edited since."""

    restored: int
    kept: Sequence[int]


def follow_rename(actor: Actor, note: Writable, title: str, mentions: Mapping[int, set[str]]) -> Followed:
    """The note has just got this title: let the links to it, as they were before, follow inside the open unit of work.
    Links from what lies in the trash stay as they are written."""
    facts = {"domain": DOMAIN, "note_id": note.id, "space_id": note.space_id, "old": note.title, "new": title}
    undo_id = undo.begin(actor, note.title, facts) if actor.user_id is not None else None
    followed = 0
    for texts in _rewritten(mentions, title):
        before = newest_numbers(list(texts))
        write_texts(actor, note.space_id, texts, apart=True)
        if undo_id is not None:
            undo.remember(undo_id, RESTORER, {note_id: {"version": before[note_id]} for note_id in texts})
        followed += len(texts)
    settle_links(note.space_id, {note.title_key, title_key(title)})
    return Followed(followed, undo_id)


def undo_rename(actor: Actor, undo_id: int) -> Taken:
    """Give a note its former name and the links to it too, where nobody has edited them since. Raises RenamedAgain,
    Gone the second time, and NotFound for what was no renaming of the actor's."""
    facts = undo.find_batch(actor, undo_id).facts
    if facts is None or facts.get("domain") != DOMAIN:
        raise NotFound()
    with db.unit_of_work():
        take_turn(facts["space_id"])
        taken = undo.undo(actor, undo_id, {RESTORER: _put_back})
        note = writable(actor, facts["note_id"])
        if note.title != facts["new"]:
            raise RenamedAgain()
        old = Text(facts["old"], note.body)
        write_texts(actor, note.space_id, {note.id: old}, apart=True, keep_versions=not note.encrypted)
        settle_links(note.space_id, {title_key(facts["old"]), title_key(facts["new"])})
    return Taken(taken.restored, taken.kept)


def _rewritten(mentions: Mapping[int, set[str]], title: str) -> Iterator[dict[int, Text]]:
    """What the notes say with the new name, step by step. One that would become too long stays as it is."""
    ids = list(mentions)
    for start in range(0, len(ids), _BATCH):
        query = select(Note.id, Note.title, Note.body).where(db.is_one_of(Note.id, ids[start : start + _BATCH]))
        changed = {row.id: (row, renamed(row.body, mentions[row.id], title)) for row in db.rows(query)}
        texts = {
            note_id: Text(row.title, body)
            for note_id, (row, body) in changed.items()
            if body != row.body and not is_too_long(body)
        }
        if texts:
            yield texts


def _put_back(actor: Actor, before: Mapping[int, dict[str, Any]]) -> None:
    """The text of the version before; a note that has kept no such version stays as it is."""
    query = select(NoteVersion.note_id, NoteVersion.number, NoteVersion.body, Note.title, Note.space_id)
    query = query.join(Note, Note.id == NoteVersion.note_id).where(Note.deleted_at.is_(None))
    wanted = {(note_id, state["version"]) for note_id, state in before.items()}
    numbers = {number for _note_id, number in wanted}
    query = query.where(db.is_one_of(NoteVersion.note_id, list(before)), NoteVersion.number.in_(numbers))
    by_space: dict[int, dict[int, Text]] = {}
    for row in db.rows(query.order_by(NoteVersion.note_id)):
        if (row.note_id, row.number) in wanted:
            by_space.setdefault(row.space_id, {})[row.note_id] = Text(row.title, unpack(row.body))
    for space_id, texts in sorted(by_space.items()):
        actor.require_write(space_id)
        write_texts(actor, space_id, texts, apart=True)
