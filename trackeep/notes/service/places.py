"""Where in the tree a note stands: positions between neighbours, parents without circles."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select, tuple_, update

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.objects import touch_objects
from trackeep.notes import signals
from trackeep.notes.errors import NoteCircle, NoteTooDeep
from trackeep.notes.models import Note
from trackeep.notes.queries.tree import MAX_DEPTH, ancestor_ids, depths_of, find_parent, height_of
from trackeep.notes.service.rows import Writable, writable

GAP = 1 << 20
_BATCH = 500


class NotePlace(NamedTuple):
    """Below which note, None at the top, and before which sibling, None at the end."""

    parent_id: int | None
    before_id: int | None


def move_note(actor: Actor, note_id: int, *, parent_id: int | None, before_id: int | None = None) -> NotePlace:
    """Put a note, with all below it, below another or at the top of its space: before this sibling, or at the end.
    Answers where it stood. Raises NoteCircle, NoteTooDeep, and NotFound for a parent or sibling that is not there."""
    with db.unit_of_work() as session:
        note = writable(actor, note_id)
        check_place(actor, note, parent_id)
        stood = _place_of(note)
        position = _position_before(note, parent_id, before_id)
        place = {"parent_id": parent_id, "position": position}
        session.execute(update(Note).where(Note.id == note_id).values(**place))
        touch_objects([note_id], marks_only=True)
        signals.notes_changed.announce(ids=[note_id])
    return stood


def _place_of(note: Writable) -> NotePlace:
    position = select(Note.position).where(Note.id == note.id).scalar_subquery()
    behind = tuple_(Note.position, Note.id) > tuple_(position, note.id)
    following = select(Note.id).where(*_siblings(note.space_id, note.parent_id), behind)
    found = db.rows(following.order_by(Note.position, Note.id).limit(1))
    return NotePlace(note.parent_id, found[0].id if found else None)


def check_place(actor: Actor, note: Writable, parent_id: int | None) -> None:
    if parent_id is None:
        return
    find_parent(actor, note.space_id, parent_id)
    above = ancestor_ids(parent_id)
    if note.id in above:
        raise NoteCircle()
    if len(above) + 1 + height_of([note.id]) > MAX_DEPTH:
        raise NoteTooDeep()


def check_parent(actor: Actor, space_id: int, parent_id: int | None) -> None:
    """Whether a new note may go below this one."""
    if parent_id is None:
        return
    find_parent(actor, space_id, parent_id)
    if len(ancestor_ids(parent_id)) >= MAX_DEPTH:
        raise NoteTooDeep()


def check_parents(actor: Actor, space_id: int, parent_ids: Collection[int]) -> None:
    """The same for many at once, by a query for each level."""
    actor.require_read(space_id)
    depths = depths_of(space_id, parent_ids)
    if len(depths) != len(parent_ids):
        raise NotFound()
    if any(depth >= MAX_DEPTH for depth in depths.values()):
        raise NoteTooDeep()


def last_positions(space_id: int, parent_ids: Collection[int | None]) -> dict[int | None, int]:
    """The positions of the last notes below each of these, 0 where there are none."""
    found: dict[int | None, int] = dict.fromkeys(parent_ids, 0)
    if None in found:
        found[None] = last_position(space_id, None)
    some = sorted(parent_id for parent_id in found if parent_id is not None)
    for start in range(0, len(some), _BATCH):
        below = (Note.parent_id.in_(some[start : start + _BATCH]), Note.deleted_at.is_(None))
        query = select(Note.parent_id, func.max(Note.position)).where(*below).group_by(Note.parent_id)
        found |= {row[0]: int(row[1]) for row in db.rows(query)}
    return found


def last_position(space_id: int, parent_id: int | None) -> int:
    """The position of the last note there, 0 when there is none."""
    query = select(Note.position).where(*_siblings(space_id, parent_id))
    rows = db.rows(query.order_by(Note.position.desc(), Note.id.desc()).limit(1))
    return int(rows[0].position) if rows else 0


def _position_before(note: Writable, parent_id: int | None, before_id: int | None) -> int:
    if before_id is None:
        return last_position(note.space_id, parent_id) + GAP
    found = _room_before(note, parent_id, before_id)
    if found is None:
        _spread(note.space_id, parent_id)
        found = _room_before(note, parent_id, before_id)
    return found or 0


def _room_before(note: Writable, parent_id: int | None, before_id: int) -> int | None:
    """A number between this sibling and the one before it; None when there is none left. Raises NotFound."""
    siblings = _siblings(note.space_id, parent_id)
    next_rows = db.rows(select(Note.position).where(*siblings, Note.id == before_id))
    if not next_rows or before_id == note.id:
        raise NotFound()
    following = int(next_rows[0].position)
    # Siblings of one position stand by their ids: whatever is not behind counts as before.
    earlier = (Note.position <= following, Note.id.not_in([before_id, note.id]))
    previous = db.rows(select(func.max(Note.position)).where(*siblings, *earlier))[0][0]
    if previous is None:
        return following - GAP
    middle = (int(previous) + following) // 2
    return middle if previous < middle < following else None


def _spread(space_id: int, parent_id: int | None) -> None:
    """Give all siblings new positions with room between them, in the same order."""
    order = func.row_number().over(order_by=(Note.position, Note.id)).label("number")
    numbered = select(Note.id, order).where(*_siblings(space_id, parent_id)).subquery()
    change = update(Note).where(Note.id == numbered.c.id).values(position=numbered.c.number * GAP)
    db.session().execute(change.execution_options(synchronize_session=False))


def _siblings(space_id: int, parent_id: int | None) -> Sequence[ColumnElement[bool]]:
    place = Note.parent_id.is_(None) if parent_id is None else Note.parent_id == parent_id
    return [Note.space_id == space_id, place, Note.deleted_at.is_(None)]
