"""Many notes put below one, and each back to where it stood."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select, update

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.notes.errors import NoteCircle, NoteTooDeep
from trackeep.notes.models import Note
from trackeep.notes.queries.items import get_note
from trackeep.notes.queries.tree import MAX_DEPTH, ancestor_ids, height_of, line_above, parents_above
from trackeep.notes.service.places import GAP, last_position

Stood = dict[int, dict[str, Any]]
_PLACE = (
    update(Note.__table__)  # type: ignore[arg-type]  # declared as FromClause, always a Table
    .where(Note.__table__.c.id == bindparam("note"))
    .values(parent_id=bindparam("above"), position=bindparam("place"))
)


def gather(actor: Actor, note_ids: Sequence[int], parent_id: int | None) -> Stood:
    """Put these, whose turn the caller has, below this note or at the top of their spaces, behind what is there and
    siblings in their order. One below another of them stays below it. Answers where those stood that moved. Raises
    NotFound for a parent that is not there, Invalid for one of another space, NoteCircle and NoteTooDeep."""
    rows = {row.id: row for row in _standing(note_ids)}
    tops = _tops(rows)
    if parent_id is not None:
        _check_parent(actor, tops, {row.space_id for row in rows.values()}, parent_id)
    moving = [rows[note_id] for note_id in tops if rows[note_id].parent_id != parent_id]
    ends = {space_id: last_position(space_id, parent_id) for space_id in {row.space_id for row in moving}}
    places = []
    for row in sorted(moving, key=lambda row: (row.parent_id or 0, row.position, row.id)):
        ends[row.space_id] += GAP
        places.append({"note": row.id, "above": parent_id, "place": ends[row.space_id]})
    _write(places)
    return {row.id: {"place": {"parent_id": row.parent_id, "position": row.position}} for row in moving}


def scatter(stood: Mapping[int, Mapping[str, Any]]) -> None:
    """Put these back below the notes that they stood below, as far as those are still there and not inside them by
    now."""
    spaces = {row.id: row.space_id for row in _standing(list(stood))}
    wanted = {note_id: stood[note_id]["place"] for note_id in spaces}
    above = {place["parent_id"] for place in wanted.values()} - {None}
    there = {(row.id, row.space_id) for row in _standing(list(above))}
    parents = parents_above([*spaces, *above])
    places = []
    for note_id, place in wanted.items():
        parent_id = place["parent_id"]
        if parent_id is not None and not _fits(note_id, parent_id, spaces[note_id], there, parents):
            continue
        parents[note_id] = parent_id
        places.append({"note": note_id, "above": parent_id, "place": place["position"]})
    _write(places)


def _fits(
    note_id: int, parent_id: int, space_id: int, there: Collection[tuple[int, int]], parents: Mapping[int, int | None]
) -> bool:
    line = line_above(parent_id, parents)
    return (parent_id, space_id) in there and note_id not in line and len(line) < MAX_DEPTH


def _standing(note_ids: Sequence[int]) -> Sequence[db.AnyRow]:
    """The live ones of these with their places."""
    query = select(Note.id, Note.space_id, Note.parent_id, Note.position)
    live = (db.is_one_of(Note.id, note_ids), Note.deleted_at.is_(None))
    return db.rows(query.where(*live).order_by(Note.id)) if note_ids else []


def _tops(note_ids: Collection[int]) -> list[int]:
    """Those that are not below another of them."""
    parents = parents_above(note_ids)
    return [note_id for note_id in note_ids if not any(above in note_ids for above in line_above(note_id, parents)[1:])]


def _check_parent(actor: Actor, tops: Sequence[int], spaces: set[int], parent_id: int) -> None:
    parent = get_note(actor, parent_id)
    if spaces - {parent.space_id}:
        raise Invalid(fields={"parent_id": [_("That note is in another space. A tree is within one.")]})
    above = ancestor_ids(parent_id)
    if not set(above).isdisjoint(tops):
        raise NoteCircle()
    if len(above) + 1 + height_of(tops) > MAX_DEPTH:
        raise NoteTooDeep()


def _write(places: Sequence[Mapping[str, Any]]) -> None:
    if places:
        db.write(_PLACE, places)
