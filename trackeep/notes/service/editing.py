"""Changing what a note says: by hand, by a tick, back to an earlier version; and its marks."""

from collections.abc import Iterable

from sqlalchemy import update

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import PreconditionRequired
from trackeep.core.objects import expect_version, touch_objects
from trackeep.notes import queries, signals
from trackeep.notes.drafts import NoteChanges
from trackeep.notes.errors import LineChanged, NoteSealed
from trackeep.notes.models import Note
from trackeep.notes.service.links import mentions_of
from trackeep.notes.service.renaming import Followed, follow_rename
from trackeep.notes.service.rows import (
    Text,
    Writable,
    checked_body,
    checked_title,
    plain,
    writable,
    writable_ids,
    write_texts,
)
from trackeep.notes.texts import line_of, ticked
from trackeep.tags import service as tags

NOTHING_FOLLOWED = Followed(0, None)


def edit_note(actor: Actor, note_id: int, changes: NoteChanges, *, version: int | None = None) -> Followed:
    """Change one note. Title and text need the ``version`` that was edited (PreconditionRequired without, Conflict with
    both texts when it is stale); marks and tags don't. A new title takes along the links to the note: the answer says
    how many notes that were, and how to take it back."""
    texts = changes.texts()
    if texts and version is None:
        raise PreconditionRequired()
    with db.unit_of_work():
        note = writable(actor, note_id)
        if texts and version is not None:
            expect_version(note_id, version, yours=texts, theirs={name: getattr(note, name) for name in texts})
        _mark(actor, note, changes)
        return say(actor, note, _text(note, changes)) if texts else NOTHING_FOLLOWED


def tick(actor: Actor, note_id: int, *, line: int, checked: bool, expected: str) -> None:
    """Tick an item of a task list, or take the tick away: only if that line, counted from 1, still says what was
    expected. Raises LineChanged."""
    with db.unit_of_work():
        note = plain(actor, note_id)
        body = ticked(note.body, line, expected=expected, checked=checked)
        if body is None:
            raise LineChanged(yours=expected, theirs=line_of(note.body, line)[:1_000])
        say(actor, note, Text(note.title, body))


def restore_version(actor: Actor, note_id: int, number: int, *, version: int | None) -> Followed:
    """Let a note say what it said before; that is a new version, and what it said until now stays one too."""
    if version is None:
        raise PreconditionRequired()
    with db.unit_of_work():
        note = plain(actor, note_id)
        expect_version(note_id, version)
        kept = queries.get_version(actor, note_id, number)
        return say(actor, note, Text(kept.title, kept.body), apart=True)


def mark_notes(
    actor: Actor,
    note_ids: Iterable[int],
    *,
    pinned: bool | None = None,
    is_template: bool | None = None,
    is_draft: bool | None = None,
) -> int:
    """Set marks of many notes; the last write wins. Answers how many are meant."""
    flags = NoteChanges(pinned=pinned, is_template=is_template, is_draft=is_draft).flags()
    with db.unit_of_work():
        ids = writable_ids(actor, note_ids)
        _set_flags(ids, flags)
    return len(ids)


def _text(note: Writable, changes: NoteChanges) -> Text:
    if changes.body is not None and note.encrypted:
        raise NoteSealed()
    title = note.title if changes.title is None else checked_title(changes.title)
    return Text(title, note.body if changes.body is None else checked_body(changes.body))


def _mark(actor: Actor, note: Writable, changes: NoteChanges) -> None:
    if changes.tags is not None:
        tags.set_tags(actor, note.space_id, note.id, changes.tags)
        touch_objects([note.id], marks_only=True)
        signals.notes_changed.announce(ids=[note.id])
    _set_flags([note.id], changes.flags())


def say(actor: Actor, note: Writable, after: Text, *, apart: bool = False) -> Followed:
    """Saving what is there already is no change."""
    if after == note.text:
        return NOTHING_FOLLOWED
    is_renamed = after.title != note.title
    mentions = mentions_of(note.id) if is_renamed else {}
    write_texts(actor, note.space_id, {note.id: after}, apart=apart, keep_versions=not note.encrypted)
    return follow_rename(actor, note, after.title, mentions) if is_renamed else NOTHING_FOLLOWED


def _set_flags(ids: list[int], flags: dict[str, bool]) -> None:
    if ids and flags:
        change = update(Note).where(Note.id.in_(ids)).values(**flags)
        db.session().execute(change.execution_options(synchronize_session=False))
        touch_objects(ids, marks_only=True)
        signals.notes_changed.announce(ids=ids)
