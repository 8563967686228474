"""The way back: what the import saved goes to the trash, unless somebody has edited it or put something below it."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from trackeep.core import clock, db, undo
from trackeep.core.actor import Actor
from trackeep.core.objects import take_turn
from trackeep.notes.models import KIND, NoteImport
from trackeep.notes.queries.tree import ancestor_ids_of, live_children
from trackeep.notes.service.importing.records import IMPORTS
from trackeep.notes.service.rows import writable_ids
from trackeep.notes.service.trashing import hide_notes


def undo_import(import_id: int) -> None:
    """Called by the job, any number of times: what is undone already is not counted twice."""
    record = IMPORTS.find(import_id, "undoing")
    actor = IMPORTS.person_of(record) if record is not None else None
    if record is None or actor is None:
        return
    try:
        _undo(actor, record)
    except Exception:
        IMPORTS.note_interruption(import_id)
        raise


def _undo(actor: Actor, record: NoteImport) -> None:
    undo_id = record.undo_id or 0
    with db.unit_of_work():
        take_turn(record.space_id)
        if undo.find_batch(actor, undo_id).undone_at is None:
            undo.keep(undo_id, _needed(undo_id))
            # One moment for all of them: so the trash brings them back together.
            undo.undo(actor, undo_id, {KIND: partial(_take_away, clock.now())})
        kept = undo.find_batch(actor, undo_id).size
        counts = {**record.counts, "kept": kept, "undone": record.saved - kept}
        IMPORTS.change(record.id, state="undone", counts=counts, error=None)


def _needed(undo_id: int) -> set[int]:
    """The notes above what stays: above those that were edited, and above those that others have put there."""
    entries = undo.entries_of(undo_id)
    staying = {object_id for object_id, edited in entries.items() if edited}
    staying |= {child for child in live_children(list(entries)) if child not in entries}
    return ancestor_ids_of(sorted(staying)) & set(entries)


def _take_away(moment: Any, actor: Actor, before: Mapping[int, dict[str, Any]]) -> None:
    hide_notes(writable_ids(actor, before), moment)
