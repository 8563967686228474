"""Two kinds of things that a make-believe domain keeps in the trash."""

from collections.abc import Mapping, Sequence

from trackeep.core import db, objects
from trackeep.core.actor import Actor
from trackeep.core.slots import TrashBin


def titles(_actor: Actor, ids: Sequence[int]) -> Mapping[int, str]:
    return {object_id: f"Thing {object_id}" for object_id in ids if object_id % 2 == 0}


def restore(_actor: Actor, ids: Sequence[int]) -> int:
    with db.unit_of_work():
        objects.restore_objects(ids)
    return len(ids)


def purge(_actor: Actor, ids: Sequence[int]) -> int:
    with db.unit_of_work():
        objects.purge_objects(ids)
    return len(ids)


def bin_of(kind: str) -> TrashBin:
    return TrashBin(
        kind=kind, domain=f"{kind}s", title=kind.title(), icon="note", titles=titles, restore=restore, purge=purge
    )


BINS = (bin_of("note"), bin_of("task"))


def make(actor: Actor, kind: str, count: int, *, space_id: int | None = None, trashed: bool = True) -> list[int]:
    """Ids of new things, in the trash unless told otherwise."""
    space = space_id or actor.personal_space_id
    assert space is not None
    with db.unit_of_work():
        ids = list(objects.create_objects(kind, space, actor, count))
        if trashed:
            objects.trash_objects(ids)
    return ids
