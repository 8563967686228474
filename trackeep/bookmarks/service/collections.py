"""Collections: nested folders of bookmarks."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from trackeep.bookmarks import queries
from trackeep.bookmarks.errors import CollectionCircle, CollectionExists, CollectionTooDeep
from trackeep.bookmarks.models import COLLECTION_KIND, Collection, CollectionItem
from trackeep.bookmarks.queries import CollectionItemView
from trackeep.bookmarks.service.rows import check_collections
from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid, NotFound
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import create_object, take_turn, touch_objects, trash_objects
from trackeep.core.tokeniser import fold

MAX_NAME = 200
MAX_DEPTH = 50
Path = tuple[str, ...]


def create_collection(actor: Actor, space_id: int, *, name: str, parent_id: int | None = None) -> int:
    """Raises CollectionExists when its place has one of this name, and CollectionTooDeep."""
    actor.require_write(space_id)
    name = _checked_name(name)
    try:
        with db.unit_of_work():
            take_turn(space_id)
            check_collections(space_id, [parent_id] if parent_id is not None else [])
            if parent_id is not None:
                _check_depth(actor, parent_id, levels=1)
            return _insert(actor, space_id, name, parent_id)
    except IntegrityError as error:
        raise CollectionExists() from error


def ensure_path(actor: Actor, space_id: int, path: Path, known: dict[Path, int]) -> int | None:
    """The id of the collection at this path, made with those above it where missing; None for the empty path.
    ``known`` carries folded paths to ids from call to call, filled by ``known_paths``."""
    parent_id: int | None = None
    for depth in range(1, min(len(path), MAX_DEPTH) + 1):
        key = _folded(path[:depth])
        if key not in known:
            known[key] = _insert(actor, space_id, _shortened(path[depth - 1]), parent_id)
        parent_id = known[key]
    return parent_id


def known_paths(actor: Actor, space_id: int) -> dict[Path, int]:
    tree = queries.collection_tree(actor, space_id, counted=False)
    return {_folded(node.path): node.id for node in tree}


def edit_collection(
    actor: Actor, collection_id: int, *, name: str | None = None, parent_id: int | None = None, move: bool = False
) -> None:
    """Rename, and with ``move`` put it below ``parent_id`` (None is the top). Raises CollectionCircle,
    CollectionTooDeep or CollectionExists."""
    collection = _get(actor, collection_id)
    actor.require_write(collection.space_id)
    values: dict[str, object] = {}
    if name is not None:
        checked = _checked_name(name)
        values |= {"name": checked, "folded": fold(checked)[:MAX_NAME]}
    try:
        with db.unit_of_work() as session:
            # All moves within a space wait here for each other: two at once could close a circle.
            take_turn(collection.space_id)
            if move:
                check_collections(collection.space_id, [parent_id] if parent_id is not None else [])
                if parent_id is not None and parent_id in queries.ids_below(actor, collection_id):
                    raise CollectionCircle()
                if parent_id is not None:
                    _check_depth(actor, parent_id, levels=_levels(actor, collection_id))
                values["parent_id"] = parent_id
            if values:
                session.execute(update(Collection).where(Collection.id == collection_id).values(**values))
            touch_objects([collection_id])
    except IntegrityError as error:
        raise CollectionExists() from error


def delete_collection(actor: Actor, collection_id: int) -> None:
    """The collection and those below it go to the trash, the bookmarks in them stay."""
    collection = _get(actor, collection_id)
    actor.require_write(collection.space_id)
    with db.unit_of_work() as session:
        take_turn(collection.space_id)
        ids = list(queries.ids_below(actor, collection_id))
        session.execute(update(Collection).where(Collection.id.in_(ids)).values(deleted_at=clock.now()))
        trash_objects(ids)


def collect(actor: Actor, collection_id: int, bookmark_ids: Sequence[int]) -> None:
    """Put bookmarks of the same space, which the caller has checked, into the collection."""
    collection = _get(actor, collection_id)
    actor.require_write(collection.space_id)
    rows = [{"collection_id": collection_id, "bookmark_id": bookmark_id} for bookmark_id in bookmark_ids]
    with db.unit_of_work() as session:
        take_turn(collection.space_id)
        if rows:
            session.execute(db.upsert(CollectionItem).on_conflict_do_nothing(), rows)
            touch_objects(bookmark_ids)


@lru_cache(maxsize=4_096)
def _folded(path: Path) -> Path:
    """What two spellings of one path share; an import asks for the same few thousand again and again."""
    return tuple(fold(name)[:MAX_NAME] for name in path)


def _get(actor: Actor, collection_id: int) -> CollectionItemView:
    found = _nodes(actor).get(collection_id)
    if found is None:
        raise NotFound()
    return found


def _check_depth(actor: Actor, parent_id: int, *, levels: int) -> None:
    """Whether so many levels fit below a collection; each page draws the paths of all of them."""
    parent = _nodes(actor).get(parent_id)
    if parent is not None and parent.depth + 1 + levels > MAX_DEPTH:
        raise CollectionTooDeep()


def _levels(actor: Actor, collection_id: int) -> int:
    """A collection's own level and those below it."""
    nodes = _nodes(actor)
    depths = [nodes[each].depth for each in queries.ids_below(actor, collection_id)]
    return max(depths) - min(depths) + 1


def _nodes(actor: Actor) -> Mapping[int, CollectionItemView]:
    return {node.id: node for node in queries.collection_tree(actor, counted=False)}


def _insert(actor: Actor, space_id: int, name: str, parent_id: int | None) -> int:
    collection_id = create_object(COLLECTION_KIND, space_id, actor)
    row = {
        "id": collection_id,
        "space_id": space_id,
        "parent_id": parent_id,
        "name": name,
        "folded": fold(name)[:MAX_NAME],
        "position": 0,
    }
    db.session().execute(insert(Collection), [row])
    return collection_id


def _checked_name(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise Invalid(fields={"name": [_("A collection needs a name.")]})
    if len(name) > MAX_NAME:
        raise Invalid(fields={"name": [_("At most %(limit)s characters.", limit=MAX_NAME)]})
    return name


def _shortened(text: str) -> str:
    return " ".join(text.split())[:MAX_NAME] or "-"
