"""The way back: what the import saved goes to the trash, unless somebody has edited it since."""

from collections.abc import Collection, Iterable

from sqlalchemy import delete, select

from trackeep.bookmarks import queries
from trackeep.bookmarks.models import BookmarkImport, CollectionItem
from trackeep.bookmarks.queries import CollectionItemView
from trackeep.bookmarks.service.bulk import undo_change
from trackeep.bookmarks.service.importing.records import IMPORTS
from trackeep.core import db, undo
from trackeep.core.actor import Actor
from trackeep.core.objects import Object, purge_objects, take_turn


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


def _undo(actor: Actor, record: BookmarkImport) -> None:
    undo_id = record.undo_id or 0
    if undo.find_batch(actor, undo_id).undone_at is None:
        undo_change(actor, undo_id)
    kept = undo.find_batch(actor, undo_id).size
    with db.unit_of_work() as session:
        take_turn(record.space_id)
        empty = _empty_collections(actor, record.space_id, record.made.get("collections", []))
        session.execute(delete(CollectionItem).where(CollectionItem.collection_id.in_(empty)))
        purge_objects(empty)
        counts = {**record.counts, "kept": kept, "undone": record.saved - kept}
        IMPORTS.change(record.id, state="undone", counts=counts, error=None)


def _empty_collections(actor: Actor, space_id: int, made: Collection[int]) -> list[int]:
    """Of the collections that the import made: those that nobody has changed, and that hold nothing else."""
    untouched = set(_untouched(made))
    nodes = [node for node in queries.collection_tree(actor, space_id) if node.id in untouched]
    return [node.id for node in nodes if _is_empty(node, untouched)]


def _untouched(made: Collection[int]) -> Iterable[int]:
    return db.session().scalars(select(Object.id).where(Object.id.in_(made), Object.version == 1))


def _is_empty(node: CollectionItemView, untouched: Collection[int]) -> bool:
    return node.count == 0 and all(child.id in untouched and _is_empty(child, untouched) for child in node.children)
