"""A make-believe domain whose things can be made about others."""

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.objects import create_object
from trackeep.core.slots import Found, QuickAdd, SearchSource

TITLES: dict[int, str] = {}


def add(actor: Actor, space_id: int, text: str) -> Found:
    if text == "refused":
        with db.unit_of_work():
            create_object("errand", space_id, actor)
        raise Invalid(fields={"text": ["Not this one."]})
    with db.unit_of_work():
        object_id = create_object("errand", space_id, actor)
    TITLES[object_id] = text
    return _found(object_id)


def load(_actor: Actor, ids: list[int]) -> dict[int, Found]:
    return {object_id: _found(object_id) for object_id in ids if object_id in TITLES}


def _found(object_id: int) -> Found:
    return Found(title=TITLES[object_id], url=f"/errands/{object_id}", icon="checkbox", object_id=object_id)


ERRAND = QuickAdd(
    kind="errand",
    domain="errands",
    title="Errand",
    icon="checkbox",
    matches=lambda _text: 0.1,
    preview=lambda _actor, text: text,
    add=add,
    about="New errand about this",
)
ERRANDS = SearchSource(kind="errand", title="Errands", icon="checkbox", load=load)  # type: ignore[arg-type]  # lists only
