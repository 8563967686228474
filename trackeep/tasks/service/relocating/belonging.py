"""What goes along with tasks and projects that move: all that is below them, also what lies in the trash."""

from collections.abc import Collection, Sequence
from functools import lru_cache

from sqlalchemy import select

from trackeep.core import db
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.tasks.models import Project, Task

MOST = 10_000
"""One move is one transaction, in which nobody else writes in these spaces."""


def tasks_within(task_ids: Collection[int], project_ids: Collection[int] = ()) -> Sequence[db.AnyRow]:
    """These tasks, those in the projects, and all at any depth below them, by id. Raises Invalid for too many."""
    start = set(task_ids)
    if project_ids:
        inside = select(Task.id).where(db.is_one_of(Task.project_id, sorted(project_ids)))
        start |= set(db.session().scalars(inside.limit(MOST + 1)))
    check_number(len(start))
    ids = [row.id for row in db.rows(_below(db.dialect()), {"ids": sorted(start)})]
    check_number(len(ids))
    locked = select(*Task.__table__.columns).where(db.is_one_of(Task.id, ids)).order_by(Task.id)
    return db.session().execute(locked.with_for_update()).all()


@lru_cache
def _below(_dialect: str) -> db.AnySelect:
    walked = select(Task.id).where(db.is_one_of(Task.id, "ids")).cte("walked", recursive=True)
    walked = walked.union(select(Task.id).join(walked, Task.parent_id == walked.c.id))
    query: db.AnySelect = select(walked.c.id).order_by(walked.c.id).limit(MOST + 1)
    return query


def projects_within(space_id: int, project_ids: Collection[int]) -> list[int]:
    """These projects of the space and all at any depth below them."""
    below: dict[int, list[int]] = {}
    for row in db.rows(select(Project.id, Project.parent_id).where(Project.space_id == space_id)):
        below.setdefault(row.parent_id or 0, []).append(row.id)
    found, waiting = set(project_ids), list(project_ids)
    while waiting:
        new = [each for each in below.get(waiting.pop(), []) if each not in found]
        found.update(new)
        waiting.extend(new)
    return sorted(found)


def check_number(number: int) -> None:
    """Raises Invalid when they are more than can move at once."""
    if number > MOST:
        raise Invalid(_("At most %(limit)s tasks can move at once. Please choose fewer.", limit=f"{MOST:,}"))
