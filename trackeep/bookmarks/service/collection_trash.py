"""Collections in the trash: bringing them back whole, and removing them for good."""

from collections.abc import Collection as Many
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import select, update

from trackeep.bookmarks.models import Collection
from trackeep.bookmarks.service.collections import MAX_NAME
from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.objects import purge_objects, restore_objects, take_turn_with
from trackeep.core.tokeniser import fold

Trashed = Mapping[int, db.AnyRow]


def restore_collections(actor: Actor, collection_ids: Iterable[int]) -> int:
    """Bring back these and what was deleted together with them from below them, to where they were; to the top when
    that is gone, and under another name when theirs is taken. Answers how many."""
    wanted = set(collection_ids)
    with db.unit_of_work():
        trashed = _trashed_beside(actor, wanted)
        ids = set(_walk(trashed, wanted, together=True)) | wanted
        with_parent = {found for found in ids if _went_together(trashed, ids, found)}
        _set_live(with_parent)
        for alone in sorted(ids - with_parent):
            _put_back(trashed[alone], parent_comes=trashed[alone].parent_id in ids)
        restore_objects(ids)
    return len(ids)


def purge_collections(actor: Actor, collection_ids: Iterable[int]) -> int:
    """Delete for good what is in the trash, with what lies there from below it."""
    wanted = set(collection_ids)
    with db.unit_of_work():
        trashed = _trashed_beside(actor, wanted)
        ids = set(_walk(trashed, wanted, together=False)) | wanted
        purge_objects(ids)
    return len(ids)


def _trashed_beside(actor: Actor, wanted: Many[int]) -> Trashed:
    """All that lies in the trash of the spaces of these collections. Raises NotFound when one of them does not, and
    Forbidden for a viewer's."""
    take_turn_with(wanted)
    columns = (Collection.id, Collection.space_id, Collection.parent_id, Collection.name, Collection.deleted_at)
    theirs = select(Collection.space_id).where(Collection.id.in_(wanted))
    lying = select(*columns).where(Collection.space_id.in_(theirs), Collection.deleted_at.is_not(None))
    found = {row.id: row for row in db.session().execute(lying)}
    if not found.keys() >= set(wanted):
        raise NotFound()
    for space_id in sorted({found[collection_id].space_id for collection_id in wanted}):
        actor.require_write(space_id)
    return found


def _walk(trashed: Trashed, start: Iterable[int], *, together: bool) -> Iterator[int]:
    """What lies in the trash from below these; with ``together`` only what was deleted in the same moment."""
    below: dict[int, list[int]] = {}
    for row in trashed.values():
        if row.parent_id is not None:
            below.setdefault(row.parent_id, []).append(row.id)
    waiting = list(start)
    while waiting:
        above = waiting.pop()
        for child in below.get(above, []):
            if not together or trashed[child].deleted_at == trashed[above].deleted_at:
                yield child
                waiting.append(child)


def _went_together(trashed: Trashed, ids: Many[int], collection_id: int) -> bool:
    """Whether its parent comes back too and lost it in the same moment: then its name is free."""
    row = trashed[collection_id]
    return row.parent_id in ids and trashed[row.parent_id].deleted_at == row.deleted_at


def _put_back(row: db.AnyRow, *, parent_comes: bool) -> None:
    session = db.session()
    live = select(Collection.id).where(Collection.id == row.parent_id, Collection.deleted_at.is_(None))
    parent_id = row.parent_id if parent_comes else session.scalar(live)
    beside = select(Collection.folded).where(
        Collection.space_id == row.space_id, Collection.parent_id == parent_id, Collection.deleted_at.is_(None)
    )
    name = _free_name(row.name, session.scalars(beside).all())
    values = {"parent_id": parent_id, "name": name, "folded": fold(name)[:MAX_NAME], "deleted_at": None}
    session.execute(update(Collection).where(Collection.id == row.id).values(**values))


def _free_name(name: str, taken: Sequence[str]) -> str:
    free, number = name, 1
    while fold(free)[:MAX_NAME] in taken:
        number += 1
        free = f"{name[: MAX_NAME - 10]} ({number})"
    return free


def _set_live(ids: Many[int]) -> None:
    db.session().execute(update(Collection).where(Collection.id.in_(ids)).values(deleted_at=None))
