"""The tree of notes: the children of one note at a time, never all of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import CTE, ColumnElement, func, literal, select, tuple_, union_all
from sqlalchemy.orm import aliased

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.paging import Page, bounded_limit, decode_cursor, encode_cursor
from trackeep.notes.models import Note
from trackeep.notes.queries.access import shown_in, without_drafts
from trackeep.notes.queries.items import get_note

MAX_DEPTH = 50
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Branch:
    """A note in its place. ``children`` is the number of notes right below it."""

    id: int
    space_id: int
    parent_id: int | None
    title: str
    pinned: bool
    is_template: bool
    is_draft: bool
    encrypted: bool
    children: int


_COLUMNS = (
    Note.id,
    Note.space_id,
    Note.parent_id,
    Note.position,
    Note.title,
    Note.pinned,
    Note.is_template,
    Note.is_draft,
    Note.encrypted,
)


def list_branches(
    actor: Actor, space_id: int, parent_id: int | None = None, *, cursor: str | None = None, limit: int = 100
) -> Page[Branch]:
    """What is right below a note, or at the top of a space, in its order. Two queries."""
    actor.require_read(space_id)
    count = bounded_limit(limit)
    query: db.AnySelect = select(*_COLUMNS).where(*_below(actor, space_id, parent_id))
    if cursor:
        query = query.where(tuple_(Note.position, Note.id) > tuple_(*decode_cursor(cursor, (int, int))))
    rows = db.rows(query.order_by(Note.position, Note.id).limit(count + 1))
    last = rows[count - 1] if len(rows) > count else None
    return Page(with_children(actor, space_id, rows[:count]), encode_cursor(last.position, last.id) if last else None)


def list_inside(
    actor: Actor, space_id: int, parent_ids: Sequence[int | None], limit: int = 100
) -> dict[int | None, Page[Branch]]:
    """The same for several notes at once, None being the top of the space: the first of each. Two queries."""
    actor.require_read(space_id)
    parts = [
        select(*_COLUMNS).where(*_below(actor, space_id, parent_id)).order_by(Note.position, Note.id).limit(limit + 1)
        for parent_id in dict.fromkeys(parent_ids)
    ]
    rows = db.rows(union_all(*[select(part.subquery()) for part in parts])) if parts else []
    found: dict[int | None, list[db.AnyRow]] = {parent_id: [] for parent_id in parent_ids}
    for row in sorted(rows, key=lambda row: (row.position, row.id)):
        found[row.parent_id].append(row)
    branches = {branch.id: branch for branch in with_children(actor, space_id, rows)}
    pages: dict[int | None, Page[Branch]] = {}
    for parent_id, inside in found.items():
        last = inside[limit - 1] if len(inside) > limit else None
        cursor = encode_cursor(last.position, last.id) if last else None
        pages[parent_id] = Page([branches[row.id] for row in inside[:limit]], cursor)
    return pages


def path_to(actor: Actor, note_id: int) -> list[Branch]:
    """The notes from the top down to this one, itself included; drafts that the actor does not see are left out."""
    note = get_note(actor, note_id)
    rows = {row.id: row for row in db.rows(select(*_COLUMNS).where(Note.id.in_(ancestor_ids(note_id))))}
    limited = without_drafts(actor, {note.space_id})
    path: list[db.AnyRow] = []
    step = rows.get(note.id)
    while step is not None and len(path) <= MAX_DEPTH:
        path.append(step)
        step = rows.get(step.parent_id)
    return with_children(actor, note.space_id, [row for row in path[::-1] if not (limited and row.is_draft)])


def with_children(actor: Actor, space_id: int, rows: Sequence[db.AnyRow]) -> list[Branch]:
    numbers = _children_of([row.id for row in rows], shown_in(actor, space_id))
    return [
        Branch(
            row.id,
            row.space_id,
            row.parent_id,
            row.title,
            row.pinned,
            row.is_template,
            row.is_draft,
            row.encrypted,
            numbers.get(row.id, 0),
        )
        for row in rows
    ]


def ancestor_ids(note_id: int) -> Sequence[int]:
    """The note's id and those of the notes above it, nearest first."""
    chain = select(Note.id, Note.parent_id, literal(0).label("level")).where(Note.id == note_id).cte(recursive=True)
    above = aliased(Note)
    step = select(above.id, above.parent_id, chain.c.level + 1).join(chain, above.id == chain.c.parent_id)
    chain = chain.union_all(step.where(chain.c.level <= MAX_DEPTH))
    return [row.id for row in db.rows(select(chain.c.id).order_by(chain.c.level))]


def ancestor_ids_of(ids: Sequence[int]) -> set[int]:
    """The ids of all notes above these."""
    found: set[int] = set()
    level = set(ids)
    for _step in range(MAX_DEPTH):
        parents = _parents_of(sorted(level)) - found
        if not parents:
            break
        found |= parents
        level = parents
    return found


def depths_of(space_id: int, ids: Collection[int]) -> dict[int, int]:
    """On which level those of the ids stand that are live notes of the space, 1 at the top; by a query a level."""
    parents = parents_above(ids)
    live = [row.id for row in _placed(sorted(ids)) if row.space_id == space_id and row.deleted_at is None]
    return {note_id: len(line_above(note_id, parents)) for note_id in live}


def parents_above(ids: Collection[int]) -> dict[int, int | None]:
    """The note above each of these and above those on the way to the top, by a query a level."""
    parents: dict[int, int | None] = {}
    level = sorted(ids)
    for _step in range(MAX_DEPTH + 1):
        parents |= {row.id: row.parent_id for row in _placed(level)}
        level = sorted({above for above in map(parents.get, level) if above is not None and above not in parents})
        if not level:
            break
    return parents


def line_above(note_id: int, parents: Mapping[int, int | None]) -> list[int]:
    """The note and those above it, nearest first, as far as they are known."""
    line = [note_id]
    while (above := parents.get(line[-1])) is not None and len(line) <= MAX_DEPTH:
        line.append(above)
    return line


def _placed(ids: Sequence[int]) -> list[db.AnyRow]:
    found: list[db.AnyRow] = []
    for start in range(0, len(ids), _BATCH):
        query = select(Note.id, Note.parent_id, Note.space_id, Note.deleted_at)
        found += db.rows(query.where(Note.id.in_(ids[start : start + _BATCH])))
    return found


def live_children(ids: Sequence[int]) -> list[int]:
    """The live notes right below any of these."""
    children: list[int] = []
    for start in range(0, len(ids), _BATCH):
        below = (Note.parent_id.in_(ids[start : start + _BATCH]), Note.deleted_at.is_(None))
        children += [row.id for row in db.rows(select(Note.id).where(*below))]
    return children


def _parents_of(ids: Sequence[int]) -> set[int]:
    parents: set[int] = set()
    for start in range(0, len(ids), _BATCH):
        some = (Note.id.in_(ids[start : start + _BATCH]), Note.parent_id.is_not(None))
        parents |= {row.parent_id for row in db.rows(select(Note.parent_id).where(*some).distinct())}
    return parents


def height_of(ids: Sequence[int]) -> int:
    """How many levels of live notes there are at most below these."""
    below = _descendants(ids)
    return int(db.rows(select(func.max(below.c.level)))[0][0] or 0)


def ids_with_descendants(ids: Sequence[int]) -> Sequence[int]:
    """These ids and those of all live notes below them."""
    below = _descendants(ids)
    return [row.id for row in db.rows(select(below.c.id).distinct().order_by(below.c.id))]


def find_parent(actor: Actor, space_id: int, parent_id: int) -> None:
    """Raises NotFound unless it is a live note of the space."""
    actor.require_read(space_id)
    here = (Note.id == parent_id, Note.space_id == space_id, Note.deleted_at.is_(None), *shown_in(actor, space_id))
    if not db.rows(select(Note.id).where(*here)):
        raise NotFound()


def _descendants(ids: Sequence[int]) -> CTE:
    found = select(Note.id, literal(0).label("level")).where(db.is_one_of(Note.id, ids)).cte(recursive=True)
    child = aliased(Note)
    step = select(child.id, found.c.level + 1).join(found, child.parent_id == found.c.id)
    return found.union_all(step.where(child.deleted_at.is_(None), found.c.level <= MAX_DEPTH))


def _below(actor: Actor, space_id: int, parent_id: int | None) -> list[ColumnElement[bool]]:
    place = Note.parent_id.is_(None) if parent_id is None else Note.parent_id == parent_id
    # Only by the space at the top, and by the parent below it: each has its index.
    space = Note.space_id if parent_id is None else Note.space_id + 0
    return [space == space_id, place, Note.deleted_at.is_(None), *shown_in(actor, space_id)]


def _children_of(ids: Sequence[int], shown: Sequence[ColumnElement[bool]]) -> Mapping[int | None, int]:
    if not ids:
        return {}
    below = (db.is_one_of(Note.parent_id, ids), Note.deleted_at.is_(None))
    query = select(Note.parent_id, func.count()).where(*below, *shown)
    return {row[0]: row[1] for row in db.rows(query.group_by(Note.parent_id))}
