"""Notes in the order of an export: each after the one above it, a few texts at a time, whatever their number."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.paging import MAX_LIMIT
from trackeep.notes.models import Note
from trackeep.notes.queries.access import shown_in
from trackeep.notes.queries.items import NoteItem, NoteText, get_note, get_notes

STEP = MAX_LIMIT
Exported = tuple[NoteItem, NoteText]


def exported_ids(actor: Actor, space_id: int, note_id: int | None = None) -> Sequence[int]:
    """The notes of a space, or one with all below it, as the tree shows them from the top to the bottom. What stands
    below a draft that the actor does not see counts as standing at the top."""
    actor.require_read(space_id)
    mine = (Note.space_id == space_id, Note.deleted_at.is_(None), *shown_in(actor, space_id))
    rows = db.rows(select(Note.id, Note.parent_id).where(*mine).order_by(Note.position.desc(), Note.id.desc()))
    there = {row.id for row in rows}
    children: dict[int | None, list[int]] = {}
    for row in rows:
        children.setdefault(row.parent_id if row.parent_id in there else None, []).append(row.id)
    if note_id is not None:
        get_note(actor, note_id)
    waiting = list(children.get(None, ())) if note_id is None else [note_id]
    found: list[int] = []
    while waiting:
        found.append(waiting.pop())
        waiting += children.get(found[-1], ())
    return found


def exported(actor: Actor, ids: Sequence[int]) -> Iterator[Exported]:
    """These notes with their texts. The database's connection is given back between steps, since the reader may be
    slow; what was deleted meanwhile is left out."""
    for start in range(0, len(ids), STEP):
        some = ids[start : start + STEP]
        items = get_notes(actor, some)
        rows = db.rows(select(Note.id, Note.body, Note.sealed, Note.encrypted).where(Note.id.in_(some)))
        texts = {row.id: NoteText(row.body, row.sealed if row.encrypted else None) for row in rows}
        db.release()
        for note_id in some:
            if note_id in items and note_id in texts:
                yield items[note_id], texts[note_id]


def export_size(actor: Actor, space_id: int, note_id: int | None = None) -> int:
    """How many notes that are."""
    return len(exported_ids(actor, space_id, note_id))
