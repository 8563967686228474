"""What is below or above a task or a project. A circle, which the verbs refuse, would only be walked once."""

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import bindparam, select

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.tasks.models import Project, Task, TaskDependency

MAX_PROJECTS = 2_000


def tasks_below(ids: Sequence[int]) -> Sequence[int]:
    """The live tasks at any depth below these, without them."""
    return [row.id for row in db.rows(_tasks_below(db.dialect()), {"ids": list(ids)}) if row.id not in ids]


@lru_cache
def _tasks_below(_dialect: str) -> db.AnySelect:
    start = select(Task.id).where(db.is_one_of(Task.id, "ids"))
    walked = start.cte("walked", recursive=True)
    walked = walked.union(select(Task.id).join(walked, Task.parent_id == walked.c.id).where(Task.deleted_at.is_(None)))
    query: db.AnySelect = select(walked.c.id).order_by(walked.c.id)
    return query


def is_below_itself(task_id: int, parent_id: int) -> bool:
    """Whether a task would be below itself with this parent: whether it is the parent or above it."""
    return task_id in {row.id for row in db.rows(_tasks_above(), {"start": parent_id})}


@lru_cache
def _tasks_above() -> db.AnySelect:
    start = select(Task.id, Task.parent_id).where(Task.id == bindparam("start"))
    walked = start.cte("walked", recursive=True)
    walked = walked.union(select(Task.id, Task.parent_id).join(walked, Task.id == walked.c.parent_id))
    query: db.AnySelect = select(walked.c.id)
    return query


def waits_for(task_id: int, other_id: int) -> bool:
    """Whether the task waits, over any number of others, for the other one."""
    return any(row.id == other_id for row in db.rows(_blockers(), {"start": task_id}))


@lru_cache
def _blockers() -> db.AnySelect:
    start = select(TaskDependency.blocker_id.label("id")).where(TaskDependency.blocked_id == bindparam("start"))
    walked = start.cte("walked", recursive=True)
    walked = walked.union(select(TaskDependency.blocker_id).join(walked, TaskDependency.blocked_id == walked.c.id))
    query: db.AnySelect = select(walked.c.id)
    return query


def projects_below(actor: Actor, project_id: int) -> tuple[int, ...]:
    """The project and the live ones at any depth below it; raises NotFound."""
    space_id = space_of_project(actor, project_id)
    rows = db.rows(
        select(Project.id, Project.parent_id)
        .where(Project.space_id == space_id, Project.deleted_at.is_(None))
        .limit(MAX_PROJECTS)
    )
    below: dict[int, list[int]] = {}
    for row in rows:
        below.setdefault(row.parent_id or 0, []).append(row.id)
    found, waiting = {project_id}, [project_id]
    while waiting:
        new = [each for each in below.get(waiting.pop(), []) if each not in found]
        found.update(new)
        waiting.extend(new)
    return tuple(sorted(found))


def space_of_project(actor: Actor, project_id: int) -> int:
    """The space of a live project; raises NotFound where the actor may not see it."""
    live = select(Project.space_id).where(Project.id == project_id, Project.deleted_at.is_(None))
    rows = db.rows(live)
    if not rows or not actor.can_read(rows[0].space_id):
        raise NotFound()
    return int(rows[0].space_id)
