"""The lists that a person has put together and kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from trackeep.core import cache, db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.tasks.filters import Filters, from_plain
from trackeep.tasks.models import TaskFilter

MAX_FILTERS = 100


@dataclass(frozen=True, slots=True)
class KeptFilter:
    id: int
    name: str
    filters: Filters


KEPT = cache.Resource("kept_filters", list[KeptFilter], ttl=300)


def kept_filters(actor: Actor) -> Sequence[KeptFilter]:
    """The actor's own, in their order."""
    user_id = actor.require_user()
    return cache.answer_of_user(KEPT, user_id, (), lambda: _kept(user_id))


def _kept(user_id: int) -> list[KeptFilter]:
    query: db.AnySelect = select(TaskFilter.id, TaskFilter.name, TaskFilter.definition)
    query = query.where(TaskFilter.user_id == user_id).order_by(TaskFilter.position, TaskFilter.id)
    return [KeptFilter(row.id, row.name, from_plain(row.definition)) for row in db.rows(query.limit(MAX_FILTERS))]


def get_filter(actor: Actor, filter_id: int) -> KeptFilter:
    """Raises NotFound for one that is somebody else's."""
    found = next((kept for kept in kept_filters(actor) if kept.id == filter_id), None)
    if found is None:
        raise NotFound()
    return found
