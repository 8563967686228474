"""Who may be given a task: the members of a space by name."""

from collections.abc import Sequence

from sqlalchemy import select

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.slots import slots
from trackeep.spaces import service as spaces

MAX_MEMBERS = 200


def members(actor: Actor, space_id: int) -> Sequence[tuple[int, str]]:
    """Their ids and names in the order of names; raises NotFound for a space that the actor may not see."""
    actor.require_read(space_id)
    belonging = spaces.memberships()
    query = select(belonging.c.user_id).where(belonging.c.space_id == space_id).limit(MAX_MEMBERS)
    names = slots.names_of([row.user_id for row in db.rows(query)])
    return sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0]))
