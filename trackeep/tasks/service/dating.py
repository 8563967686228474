"""When one task is due: another moment, or none, and back again with the reminders that went with it."""

from trackeep.core import db, undo
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.objects import take_turn
from trackeep.tasks import queries
from trackeep.tasks.drafts import TaskChanges
from trackeep.tasks.service.editing import edit_task
from trackeep.tasks.service.recalling import kept_reminders, recall_reminders


def set_due(actor: Actor, task_id: int, changes: TaskChanges) -> int | None:
    """As ``edit_task`` does. Answers what ``set_due_back`` needs when reminders went with the moment, else None."""
    before = queries.get_task(actor, task_id)
    actor.require_write(before.space_id)
    with db.unit_of_work():
        take_turn(before.space_id)
        kept = kept_reminders([task_id])
        edit_task(actor, task_id, changes)
        if not kept or kept_reminders([task_id]):
            return None
        return undo.begin(actor, "schedule", {"domain": "tasks", "reminders": {str(task_id): kept[task_id]}})


def set_due_back(actor: Actor, task_id: int, changes: TaskChanges, kept_id: int) -> None:
    """The moment and its reminders as they were. Raises Gone when that has been done, NotFound for another task's."""
    before = queries.get_task(actor, task_id)
    actor.require_write(before.space_id)
    with db.unit_of_work():
        take_turn(before.space_id)
        facts = undo.find_batch(actor, kept_id).facts or {}
        lines = facts.get("reminders", {}).get(str(task_id))
        if lines is None:
            raise NotFound()
        undo.undo(actor, kept_id, {})
        edit_task(actor, task_id, changes)
        recall_reminders({task_id: lines})
