"""The turns of all spaces that a move has to do with, taken in one order, so that two opposite moves never wait for
each other in a circle."""

from collections.abc import Collection, Iterable

from sqlalchemy import select

from trackeep.core import db
from trackeep.core.errors import Conflict
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import Object, take_turn


def take_turns(object_ids: Collection[int], also: Iterable[int]) -> None:
    """Raises Conflict when somebody moved one of the objects to yet another space while we waited."""
    wanted = spaces_of(object_ids) | set(also)
    take_turn(*wanted)
    if not spaces_of(object_ids) <= wanted:
        raise Conflict(_("Somebody moved this to another space at the same moment. Please try again."))


def spaces_of(object_ids: Collection[int]) -> set[int]:
    query = select(Object.space_id).where(db.is_one_of(Object.id, sorted(object_ids))).distinct()
    return set(db.session().scalars(query))
