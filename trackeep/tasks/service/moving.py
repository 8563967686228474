"""Moving a task: to another project, section, parent or place in the order, and waiting for other tasks."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.objects import take_turn, take_turn_where, touch_objects
from trackeep.tasks import queries, signals
from trackeep.tasks.drafts import Move
from trackeep.tasks.errors import DependencyCircle, TaskCircle, TooManyTasks
from trackeep.tasks.models import Task, TaskDependency
from trackeep.tasks.queries import TaskItem
from trackeep.tasks.service.creating import live_place
from trackeep.tasks.service.finishing import set_status
from trackeep.tasks.service.positions import GAP, Line, behind_all, between
from trackeep.tasks.service.rows import change_rows, check_project, check_section
from trackeep.tasks.states import Children

MAX_BLOCKERS = 100
_ALONG = (
    update(Task)
    .where(Task.id == bindparam("task"))
    .values(project_id=bindparam("project"), section_id=None, position=bindparam("place"))
)


def move_task(actor: Actor, task_id: int, move: Move, *, children: Children | None = None) -> None:
    """Put the task where it is wanted, with all that is below it. Raises TaskCircle for a parent that is below the
    task, and NotFound for a project, section, parent or neighbour that is not in its space."""
    task = queries.get_task(actor, task_id)
    actor.require_write(task.space_id)
    with db.unit_of_work():
        take_turn_where(task.space_id, task_id)
        task = queries.get_task(actor, task_id)
        place = _place(task, move)
        changed = place["project_id"] != task.project_id
        place |= _position(task, place["project_id"], move, changed=changed)
        if changed:
            take_along(task.space_id, [task_id], place["project_id"])
        change_rows([task_id], place)
        touch_objects([task_id], marks_only=True)
        signals.tasks_changed.announce(ids=[task_id])
        if "status" in move:
            set_status(actor, task_id, move["status"], children)


def _place(task: TaskItem, move: Move) -> dict[str, Any]:
    """Project, section and parent as they are wanted; what is not named stays where it fits."""
    parent_id = move["parent_id"] if "parent_id" in move else _kept_parent(task, move)
    if parent_id is not None:
        above = live_place(task.space_id, parent_id)
        if queries.is_below_itself(task.id, parent_id):
            raise TaskCircle()
        return {"project_id": above.project_id, "section_id": above.section_id, "parent_id": parent_id}
    project_id = move.get("project_id", task.project_id)
    if project_id is not None:
        check_project(task.space_id, project_id)
    kept = task.section_id if project_id == task.project_id else None
    section_id = move.get("section_id", kept)
    if section_id is not None:
        check_section(project_id, section_id)
    return {"project_id": project_id, "section_id": section_id, "parent_id": None}


def _kept_parent(task: TaskItem, move: Move) -> int | None:
    """A task that is put into a project or a section by itself leaves its parent."""
    leaves = "project_id" in move or "section_id" in move
    return None if leaves else task.parent_id


def take_along(space_id: int, ids: Sequence[int], project_id: int | None) -> None:
    """What is below tasks that move to another project goes with them, inside the open unit of work."""
    below = queries.tasks_below(ids)
    if below:
        first = behind_all(Line(space_id, project_id))
        places = [{"task": task_id, "place": first + at * GAP} for at, task_id in enumerate(below)]
        db.write(_ALONG, [{**place, "project": project_id} for place in places])
        touch_objects(below, marks_only=True)


def _position(task: TaskItem, project_id: int | None, move: Move, *, changed: bool) -> dict[str, int]:
    after_id, before_id = move.get("after_id"), move.get("before_id")
    if task.id in (after_id, before_id):
        return {}
    if after_id is None and before_id is None and not changed:
        return {}
    return {"position": between(Line(task.space_id, project_id), after_id, before_id)}


def add_dependency(actor: Actor, task_id: int, blocker_id: int) -> None:
    """The task waits for the other one, of the same space. Raises DependencyCircle, and NotFound."""
    task, blocker = queries.get_task(actor, task_id), queries.get_task(actor, blocker_id)
    actor.require_write(task.space_id)
    if blocker.space_id != task.space_id:
        raise NotFound()
    pair = {"blocker_id": blocker_id, "blocked_id": task_id}
    try:
        with db.unit_of_work() as session:
            take_turn_where(task.space_id, task_id, blocker_id)
            if blocker_id == task_id or queries.waits_for(blocker_id, task_id):
                raise DependencyCircle()
            there = select(func.count()).select_from(TaskDependency).where(TaskDependency.blocked_id == task_id)
            if (session.scalar(there) or 0) >= MAX_BLOCKERS:
                raise TooManyTasks()
            session.execute(db.upsert(TaskDependency).on_conflict_do_nothing(), [pair])
            touch_objects([task_id, blocker_id], marks_only=True)
            signals.tasks_changed.announce(ids=[task_id, blocker_id])
    except IntegrityError as error:
        # One of the two went for good in the meantime.
        raise NotFound() from error


def remove_dependency(actor: Actor, task_id: int, blocker_id: int) -> None:
    """Raises NotFound when the task does not wait for the other one."""
    task = queries.get_task(actor, task_id)
    actor.require_write(task.space_id)
    with db.unit_of_work() as session:
        take_turn(task.space_id)
        pair = (TaskDependency.blocked_id == task_id, TaskDependency.blocker_id == blocker_id)
        removed = session.scalars(delete(TaskDependency).where(*pair).returning(TaskDependency.blocked_id)).all()
        if not removed:
            raise NotFound()
        touch_objects([task_id], marks_only=True)
        signals.tasks_changed.announce(ids=[task_id])
