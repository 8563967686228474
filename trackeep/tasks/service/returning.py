"""Going back: what the undo journal remembered of tasks is written again."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from trackeep.core import db, undo
from trackeep.core.actor import Actor
from trackeep.core.objects import touch_objects
from trackeep.tags import service as tags
from trackeep.tasks import queries, signals
from trackeep.tasks.models import Project, Section, Task
from trackeep.tasks.service.recalling import recall_reminders
from trackeep.tasks.service.reminding import shift_all
from trackeep.tasks.service.rows import change_rows, index_again, writable
from trackeep.tasks.service.trashing import restore_tasks, trash_tasks

DAYS, MOMENTS = ("due_on", "start_on"), ("due_at", "start_at", "completed_at")


def restore_states(actor: Actor, before: Mapping[int, dict[str, Any]]) -> None:
    """The restorer of the undo journal. What was remembered says how to go back; tasks that the batch made (with
    nothing remembered) go to the trash."""
    trashed = [task_id for task_id, state in before.items() if "trashed" in state]
    made = [task_id for task_id, state in before.items() if not state]
    restore_tasks(actor, trashed)
    below = [task_id for task_id in queries.tasks_below(made) if task_id not in before] if made else []
    trash_tasks(actor, made)
    # They went along with what they belong to, and are no less unedited for that.
    undo.follow(below)
    changed = writable(actor, [task_id for task_id, state in before.items() if state and "trashed" not in state])
    for task_id in changed:
        _go_back(actor, task_id, before[task_id])
    if changed:
        touch_objects(changed, marks_only=True)
        index_again(changed)
        shift_all(actor, [task_id for task_id in changed if "due_on" in before[task_id].get("columns", {})])
        recall_reminders(
            {task_id: before[task_id]["reminders"] for task_id in changed if "reminders" in before[task_id]}
        )
        signals.tasks_changed.announce(ids=changed)


def _go_back(actor: Actor, task_id: int, state: Mapping[str, Any]) -> None:
    space_id = _space_of(task_id)
    change_rows([task_id], _possible(space_id, _typed(state.get("columns", {}))))
    tags.tag_back(actor, space_id, [task_id], state)


def _typed(plain: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(plain)
    for name in DAYS:
        if values.get(name) is not None:
            values[name] = date.fromisoformat(values[name])
    for name in MOMENTS:
        if values.get(name) is not None:
            values[name] = datetime.fromisoformat(values[name])
    return values


def _possible(space_id: int, values: dict[str, Any]) -> dict[str, Any]:
    """A project, section or parent that is gone for good, or in another space by now, cannot be gone back to."""
    for name, table in (("project_id", Project), ("section_id", Section), ("parent_id", Task), ("next_id", Task)):
        if values.get(name) is not None and not _exists(table, space_id, values[name]):
            values[name] = None
    return values


def _exists(table: type[Project | Section | Task], space_id: int, row_id: int) -> bool:
    return db.session().scalar(select(table.id).where(table.id == row_id, table.space_id == space_id)) is not None


def _space_of(task_id: int) -> int:
    return db.session().scalars(select(Task.space_id).where(Task.id == task_id)).one()
