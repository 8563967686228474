"""The members of a space by name: who may be given a task, and who can be mentioned in a comment on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.paging import bounded_limit
from trackeep.core.ranking import fit, folded
from trackeep.core.slots import slots
from trackeep.spaces import service as spaces
from trackeep.tasks.queries.items import get_task

MAX_MEMBERS = 200
MAX_HEARERS = 2_000


@dataclass(frozen=True, slots=True)
class Mentionable:
    """Somebody who can be told by ``@username``; ``name`` is the one they show."""

    id: int
    username: str
    name: str


def members(actor: Actor, space_id: int) -> Sequence[tuple[int, str]]:
    """Their ids and names in the order of names; raises NotFound for a space that the actor may not see."""
    actor.require_read(space_id)
    belonging = spaces.memberships()
    query = select(belonging.c.user_id).where(belonging.c.space_id == space_id).limit(MAX_MEMBERS)
    names = slots.names_of([row.user_id for row in db.rows(query)])
    return sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0]))


def mentionable(actor: Actor, task_id: int, *, text: str = "", limit: int = 8) -> Sequence[Mentionable]:
    """Who sees the task and has ``text`` in one of their names: the best fit first, oneself last. In a personal space
    there is nobody to tell. Raises NotFound."""
    space_id = get_task(actor, task_id).space_id
    belonging = spaces.memberships()
    here = (belonging.c.space_id == space_id, belonging.c.is_personal.is_(False))
    query = select(belonging.c.user_id).where(*here).order_by(belonging.c.user_id).limit(MAX_HEARERS)
    handles = slots.handles_of([row.user_id for row in db.rows(query)])
    wanted = folded(text)
    found = [
        (each.id == actor.user_id, -_fit(wanted, each), folded(each.name), each.id, each)
        for each in (Mentionable(user_id, by.username, by.name) for user_id, by in handles.items() if by.active)
        if not wanted or wanted in folded(each.username) or wanted in folded(each.name)
    ]
    return [ranked[-1] for ranked in sorted(found, key=lambda ranked: ranked[:-1])[: bounded_limit(limit)]]


def _fit(wanted: str, person: Mentionable) -> float:
    return max(fit(wanted, folded(person.username)), fit(wanted, folded(person.name)))
