"""The part of the tree of collections that a sidebar shows: the top, and what is inside open branches.

However many collections there are, it is one query with a bounded answer, and one more for the way to the collection
that is looked at."""

from collections.abc import Collection as Ids
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sqlalchemy import bindparam, exists, func, or_, select

from trackeep.bookmarks.models import Collection
from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound

MAX_SIBLINGS = 30
MAX_ROWS = 240


@dataclass(slots=True)
class Branch:
    """A collection with those inside it that are shown. ``parent`` says that there are some, shown or not."""

    id: int
    name: str
    parent: bool
    inside: list["Branch"] = field(default_factory=list)
    more: bool = False


def branches(actor: Actor, space_id: int | None, *, opened: Ids[int], current: int | None) -> Branch:
    """A nameless root over the collections of the space (None is all that the actor may read). ``opened`` are the ids
    of open branches; the way to ``current`` is open in any case and never cut off."""
    spaces = actor.readable_spaces if space_id is None else frozenset({space_id})
    if space_id is not None:
        actor.require_read(space_id)
    way = [] if current is None else _way_to(current)
    root = Branch(0, "", True)
    known = {0: root}
    _fill(known, _rows(spaces, [*opened, *way], way), set(way))
    return root


def inside(actor: Actor, collection_id: int) -> Branch:
    """The collection and what is directly inside it; raises NotFound where the actor may not see it."""
    query = select(Collection.name, Collection.space_id)
    query = query.where(Collection.id == collection_id, Collection.deleted_at.is_(None))
    found = db.session().execute(query).one_or_none()
    if found is None or not actor.can_read(found.space_id):
        raise NotFound()
    branch = Branch(collection_id, found.name, True)
    rows = _rows(frozenset({found.space_id}), [collection_id], [])
    _fill({collection_id: branch}, [row for row in rows if row.parent_id == collection_id], set())
    branch.parent = bool(branch.inside)
    return branch


def _rows(spaces: Ids[int], opened: Sequence[int], way: Sequence[int]) -> Sequence[db.AnyRow]:
    found = db.rows(_shown(db.dialect()), {"spaces": list(spaces), "opened": opened, "way": way})
    return sorted(found, key=lambda row: row.place)


def _fill(known: dict[int, Branch], rows: Sequence[db.AnyRow], way: Ids[int]) -> None:
    """Hang each row below its parent, in the order of the rows; a parent that is not shown hides what is inside it."""
    known |= {row.id: Branch(row.id, row.name, row.parent) for row in rows}
    for row in rows:
        above = known.get(row.parent_id or 0)
        if above is None:
            continue
        if row.place <= MAX_SIBLINGS or row.id in way:
            above.inside.append(known[row.id])
        above.more = above.more or row.place > MAX_SIBLINGS


def _way_to(collection_id: int) -> list[int]:
    """The collection and those above it."""
    return [row.id for row in db.rows(_way(db.dialect()), {"start": collection_id})]


@lru_cache
def _way(_dialect: str) -> db.AnySelect:
    start = select(Collection.id, Collection.parent_id).where(Collection.id == bindparam("start"))
    steps = start.cte("steps", recursive=True)
    above = select(Collection.id, Collection.parent_id).join(steps, Collection.id == steps.c.parent_id)
    steps = steps.union(above)
    query: db.AnySelect = select(steps.c.id)
    return query


@lru_cache
def _shown(_dialect: str) -> db.AnySelect:
    """Every page shows it, so it is put together once. What leads to the current one comes first, then the top."""
    order = (Collection.position, Collection.folded, Collection.id)
    place = func.row_number().over(partition_by=Collection.parent_id, order_by=order).label("place")
    siblings = (
        select(Collection.id, Collection.parent_id, Collection.name, place)
        .where(
            db.is_one_of(Collection.space_id, "spaces"),
            Collection.deleted_at.is_(None),
            or_(Collection.parent_id.is_(None), db.is_one_of(Collection.parent_id, "opened")),
        )
        .subquery()
    )
    child = select(Collection.id).where(Collection.parent_id == siblings.c.id, Collection.deleted_at.is_(None))
    on_the_way = db.is_one_of(siblings.c.id, "way")
    query: db.AnySelect = select(siblings, exists(child).label("parent"))
    query = query.where(or_(siblings.c.place <= MAX_SIBLINGS + 1, on_the_way))
    return query.order_by(on_the_way.desc(), siblings.c.parent_id.is_not(None), siblings.c.place).limit(MAX_ROWS)
