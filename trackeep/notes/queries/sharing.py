"""What of a tree a link to a note shows."""

from collections.abc import Sequence

from sqlalchemy import select

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.notes.models import Note
from trackeep.notes.queries.tree import MAX_DEPTH

_BATCH = 500


def shared_ids(actor: Actor, root_id: int, ids: Sequence[int], *, with_children: bool) -> set[int]:
    """Those of the ids that a link to the root shows: itself, and with its children what lies below it. An encrypted
    note, a draft, a template below the root and what lies in the trash are not shown, nor is anything below them. A
    query a level."""
    parents = _open_parents(actor, root_id, ids if with_children else [root_id])
    return {note_id for note_id in ids if _leads_to(root_id, note_id, parents)}


def _open_parents(actor: Actor, root_id: int, ids: Sequence[int]) -> dict[int, int | None]:
    """The note above each of these and of those on the way up to the root, as far as all of them may be shown."""
    parents: dict[int, int | None] = {}
    level = {*ids, root_id}
    for _step in range(MAX_DEPTH + 1):
        rows = _rows(actor, sorted(level))
        plain = [row for row in rows if not row.encrypted and not row.is_draft]
        open_rows = [row for row in plain if row.id == root_id or not row.is_template]
        parents |= {row.id: row.parent_id for row in open_rows}
        above = {row.parent_id for row in open_rows if row.id != root_id and row.parent_id is not None}
        level = above - set(parents)
        if not level:
            break
    return parents


def _leads_to(root_id: int, note_id: int, parents: dict[int, int | None]) -> bool:
    step: int | None = note_id
    for _level in range(MAX_DEPTH + 1):
        if step is None or step not in parents:
            return False
        if step == root_id:
            return True
        step = parents[step]
    return False


def _rows(actor: Actor, ids: Sequence[int]) -> list[db.AnyRow]:
    found: list[db.AnyRow] = []
    columns = (Note.id, Note.parent_id, Note.encrypted, Note.is_template, Note.is_draft)
    for start in range(0, len(ids), _BATCH):
        mine = (Note.id.in_(ids[start : start + _BATCH]), (Note.space_id + 0).in_(actor.readable_spaces))
        found += db.rows(select(*columns).where(*mine, Note.deleted_at.is_(None)))
    return found
