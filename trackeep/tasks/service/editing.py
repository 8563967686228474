"""Changing a task that is there: texts, days, marks, tags, and how far it is."""

from typing import Any

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import PreconditionRequired
from trackeep.core.objects import expect_version, take_turn_where, touch_objects
from trackeep.tags import service as tags
from trackeep.tasks import queries, signals
from trackeep.tasks.drafts import TaskChanges
from trackeep.tasks.queries import TaskItem
from trackeep.tasks.service.columns import checked
from trackeep.tasks.service.creating import announce_assigned
from trackeep.tasks.service.finishing import set_status
from trackeep.tasks.service.reminding import shift_reminders
from trackeep.tasks.service.rows import change_rows, check_member, index_again

TEXTS = frozenset({"title", "notes"})
FOUND_BY = frozenset({*TEXTS, "due_on"})


def edit_task(actor: Actor, task_id: int, changes: TaskChanges, *, version: int | None = None) -> None:
    """Change one task. Texts need the ``version`` that was edited (PreconditionRequired without, Conflict with both
    texts when it is stale); all else doesn't: the last write wins. Raises OpenSubtasks when a status finishes it and
    ``children`` does not say what becomes of the open tasks below."""
    before = queries.get_task(actor, task_id)
    actor.require_write(before.space_id)
    texts = {name: value for name, value in changes.items() if name in TEXTS}
    if texts and version is None:
        raise PreconditionRequired()
    values = checked(changes, actor.time_zone)
    with db.unit_of_work():
        take_turn_where(before.space_id, task_id)
        if version is not None:
            expect_version(task_id, version, yours=texts, theirs={name: getattr(before, name) for name in texts})
        _write(actor, before, values, changes)
        if "status" in changes:
            set_status(actor, task_id, changes["status"], changes.get("children"))


def _write(actor: Actor, before: TaskItem, values: dict[str, Any], changes: TaskChanges) -> None:
    if values.get("assignee_id") is not None and values["assignee_id"] != before.assignee_id:
        check_member(before.space_id, values["assignee_id"])
        announce_assigned(actor, before.id, values["assignee_id"])
    change_rows([before.id], values)
    if "tags" in changes:
        tags.set_tags(actor, before.space_id, before.id, changes["tags"])
    if "due_on" in values:
        shift_reminders(actor, before.id, before._asdict() | values)
    if not values and "tags" not in changes:
        return
    touch_objects([before.id], marks_only=not TEXTS & values.keys())
    if FOUND_BY & values.keys():
        index_again([before.id])
    signals.tasks_changed.announce(ids=[before.id])
