"""Lists that a person puts together and keeps."""

from sqlalchemy import delete, func, insert, select, update

from trackeep.core import clock, db, versions
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.titles import one_line
from trackeep.tasks import queries
from trackeep.tasks.errors import TooManyTasks
from trackeep.tasks.filters import Filters, to_plain
from trackeep.tasks.models import MAX_FILTER_NAME, TaskFilter


def keep_filter(actor: Actor, name: str, filters: Filters) -> int:
    """Behind the others of the actor. Raises NotFound for a space or project that the actor may not see."""
    user_id = actor.require_user()
    _check(actor, filters)
    row = {"user_id": user_id, "name": _checked(name), "definition": to_plain(filters), "created_at": clock.now()}
    with db.unit_of_work() as session:
        mine = TaskFilter.user_id == user_id
        query = select(func.count(), func.coalesce(func.max(TaskFilter.position), -1)).where(mine)
        number, last = session.execute(query).one()
        if number >= queries.MAX_FILTERS:
            raise TooManyTasks()
        added = insert(TaskFilter).returning(TaskFilter.id)
        filter_id = session.scalars(added, [{**row, "position": last + 1}]).one()
        versions.raise_versions(versions.user_scope(user_id))
    return filter_id


def change_filter(actor: Actor, filter_id: int, *, name: str | None = None, filters: Filters | None = None) -> None:
    queries.get_filter(actor, filter_id)
    values: dict[str, object] = {}
    if name is not None:
        values["name"] = _checked(name)
    if filters is not None:
        _check(actor, filters)
        values["definition"] = to_plain(filters)
    if not values:
        return
    with db.unit_of_work() as session:
        mine = (TaskFilter.id == filter_id, TaskFilter.user_id == actor.user_id)
        session.execute(update(TaskFilter).where(*mine).values(**values))
        versions.raise_versions(versions.user_scope(actor.require_user()))


def forget_filter(actor: Actor, filter_id: int) -> None:
    queries.get_filter(actor, filter_id)
    with db.unit_of_work() as session:
        mine = (TaskFilter.id == filter_id, TaskFilter.user_id == actor.user_id)
        session.execute(delete(TaskFilter).where(*mine))
        versions.raise_versions(versions.user_scope(actor.require_user()))


def _check(actor: Actor, filters: Filters) -> None:
    if filters.space_id is not None:
        actor.require_read(filters.space_id)
    if filters.project_id is not None:
        queries.get_project(actor, filters.project_id)


def _checked(text: str) -> str:
    name = one_line(text)
    if not 0 < len(name) <= MAX_FILTER_NAME:
        raise Invalid(fields={"name": [_("Give it a name of at most %(limit)s characters.", limit=MAX_FILTER_NAME)]})
    return name
