"""One action on many notes, which can be taken back as a whole."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update

from trackeep.core import db, undo
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid, NotFound
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import touch_objects
from trackeep.notes import signals
from trackeep.notes.models import Note
from trackeep.notes.service.gathering import gather, scatter
from trackeep.notes.service.rows import writable_ids
from trackeep.notes.service.trashing import restore_notes, trash_notes
from trackeep.tags import service as tags

RESTORER = "notes-many"
Before = dict[int, dict[str, Any]]


class BulkVerb(StrEnum):
    PIN = "pin"
    UNPIN = "unpin"
    TEMPLATE = "template"
    NOTE = "note"
    DRAFT = "draft"
    PUBLISH = "publish"
    MOVE = "move"
    TAG = "tag"
    UNTAG = "untag"
    TRASH = "trash"


MARKS: Mapping[BulkVerb, tuple[str, bool]] = {
    BulkVerb.PIN: ("pinned", True),
    BulkVerb.UNPIN: ("pinned", False),
    BulkVerb.TEMPLATE: ("is_template", True),
    BulkVerb.NOTE: ("is_template", False),
    BulkVerb.DRAFT: ("is_draft", True),
    BulkVerb.PUBLISH: ("is_draft", False),
}


@dataclass(frozen=True, slots=True)
class BulkDone:
    """How many notes were not so before, with the trash also those below them, and the batch that takes it back (None
    when nothing changed)."""

    changed: int
    undo_id: int | None


def change_many(
    actor: Actor, note_ids: Iterable[int], verb: BulkVerb, names: Sequence[str] = (), *, parent_id: int | None = None
) -> BulkDone:
    """Do it to all of these: ``tag`` and ``untag`` with these names, ``move`` to below ``parent_id`` or to the top.
    Raises Invalid without names, NotFound when one of the notes is not the actor's to see, Forbidden for a viewer's,
    and what ``gather`` raises."""
    if verb in (BulkVerb.TAG, BulkVerb.UNTAG) and not any(name.strip() for name in names):
        raise Invalid(fields={"tags": [_("Name at least one tag.")]})
    with db.unit_of_work():
        ids = writable_ids(actor, note_ids)
        before, changed = _act(actor, ids, verb, names, parent_id)
        if not before:
            return BulkDone(0, None)
        undo_id = undo.begin(actor, verb.value, {"domain": RESTORER})
        undo.remember(undo_id, RESTORER, before)
    return BulkDone(changed, undo_id)


def undo_many(actor: Actor, undo_id: int) -> undo.Undone:
    """Take it back; what was edited since stays. Raises Gone the second time, and NotFound for what was no such change
    of the actor's."""
    facts = undo.find_batch(actor, undo_id).facts
    if facts is None or facts.get("domain") != RESTORER:
        raise NotFound()
    return undo.undo(actor, undo_id, {RESTORER: _put_back})


def _act(
    actor: Actor, ids: Sequence[int], verb: BulkVerb, names: Sequence[str], parent_id: int | None
) -> tuple[Before, int]:
    if verb is BulkVerb.TRASH:
        number = trash_notes(actor, ids)
        return {note_id: {"trashed": True} for note_id in ids}, number
    if verb in MARKS:
        name, value = MARKS[verb]
        before = _mark(ids, name, value)
    elif verb is BulkVerb.MOVE:
        before = gather(actor, ids, parent_id)
    else:
        before = tags.tag_many(actor, _spaces_of(ids), names, adding=verb is BulkVerb.TAG)
    _changed(list(before))
    return before, len(before)


def _mark(ids: Sequence[int], name: str, value: bool) -> Before:
    other = (db.is_one_of(Note.id, ids), getattr(Note, name).is_not(value))
    changed = list(db.session().scalars(select(Note.id).where(*other).order_by(Note.id)))
    _set(changed, {name: value})
    return {note_id: {"marks": {name: not value}} for note_id in changed}


def _put_back(actor: Actor, before: Mapping[int, dict[str, Any]]) -> None:
    restore_notes(actor, [note_id for note_id, state in before.items() if "trashed" in state])
    ids = writable_ids(actor, [note_id for note_id, state in before.items() if "trashed" not in state])
    spaces = _spaces_of(ids)
    scatter({note_id: before[note_id] for note_id in ids if "place" in before[note_id]})
    for note_id in ids:
        _set([note_id], before[note_id].get("marks", {}))
        tags.tag_back(actor, spaces[note_id], [note_id], before[note_id])
    _changed(ids)


def _set(ids: Sequence[int], values: Mapping[str, bool]) -> None:
    if ids and values:
        change = update(Note).where(db.is_one_of(Note.id, ids)).values(**values)
        db.session().execute(change.execution_options(synchronize_session=False))


def _changed(ids: Sequence[int]) -> None:
    if ids:
        touch_objects(ids, marks_only=True)
        signals.notes_changed.announce(ids=list(ids))


def _spaces_of(ids: Sequence[int]) -> dict[int, int]:
    return {row.id: row.space_id for row in db.rows(select(Note.id, Note.space_id).where(db.is_one_of(Note.id, ids)))}
