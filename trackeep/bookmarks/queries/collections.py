"""The tree of collections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sqlalchemy import func, select

from trackeep.bookmarks.models import Bookmark, Collection, CollectionItem
from trackeep.core import db
from trackeep.core.actor import Actor

MAX_COLLECTIONS = 10_000


@dataclass(slots=True)
class CollectionItemView:
    """A collection in its tree. ``path`` is the names from the root, ``count`` its own live bookmarks."""

    id: int
    space_id: int
    parent_id: int | None
    name: str
    count: int
    depth: int = 0
    path: tuple[str, ...] = ()
    children: list["CollectionItemView"] = field(default_factory=list)


def collection_tree(actor: Actor, space_id: int | None = None, *, counted: bool = True) -> list[CollectionItemView]:
    """All collections, each behind its parent, siblings by position and name. A circle, which the verbs refuse, would
    only hide its members."""
    spaces = actor.readable_spaces if space_id is None else frozenset({space_id})
    if space_id is not None:
        actor.require_read(space_id)
    rows = db.rows(_live_in(db.dialect()), {"spaces": spaces})
    numbers = _counts(spaces) if counted and rows else {}
    nodes = {
        row.id: CollectionItemView(row.id, row.space_id, row.parent_id, row.name, numbers.get(row.id, 0))
        for row in rows
    }
    return _flattened(nodes)


@lru_cache
def _live_in(_dialect: str) -> db.AnySelect:
    """Every page shows the collections, so the query is put together once."""
    query: db.AnySelect = select(Collection.id, Collection.space_id, Collection.parent_id, Collection.name)
    query = query.where(db.is_one_of(Collection.space_id, "spaces"), Collection.deleted_at.is_(None))
    return query.order_by(Collection.position, Collection.folded, Collection.id).limit(MAX_COLLECTIONS)


def ids_below(actor: Actor, collection_id: int) -> Sequence[int]:
    """The collection's id and those of the collections below it; empty when the actor may not see it."""
    tree = collection_tree(actor, counted=False)
    start = next((node for node in tree if node.id == collection_id), None)
    return [] if start is None else [node.id for node in _walk([start], ())]


def trashed_names(actor: Actor, ids: Sequence[int]) -> Mapping[int, str]:
    """The names of collections that lie in the trash."""
    mine = (Collection.id.in_(ids), Collection.space_id.in_(actor.readable_spaces))
    return {row.id: row.name for row in db.session().execute(select(Collection.id, Collection.name).where(*mine))}


def _flattened(nodes: Mapping[int, CollectionItemView]) -> list[CollectionItemView]:
    roots: list[CollectionItemView] = []
    for node in nodes.values():
        parent = nodes.get(node.parent_id) if node.parent_id is not None else None
        (roots if parent is None else parent.children).append(node)
    return _walk(roots, ())


def _walk(start: Sequence[CollectionItemView], path: tuple[str, ...]) -> list[CollectionItemView]:
    found: list[CollectionItemView] = []
    waiting = [(node, path) for node in reversed(start)]
    while waiting:
        node, above = waiting.pop()
        node.path, node.depth = (*above, node.name), len(above)
        found.append(node)
        waiting.extend((child, node.path) for child in reversed(node.children))
    return found


def _counts(spaces: frozenset[int]) -> Mapping[int, int]:
    rows = db.session().execute(
        select(CollectionItem.collection_id, func.count())
        .join(Bookmark, Bookmark.id == CollectionItem.bookmark_id)
        .where(Bookmark.space_id.in_(spaces), Bookmark.deleted_at.is_(None))
        .group_by(CollectionItem.collection_id)
    )
    return dict(rows.all())
