"""Tasks as JSON objects, built by hand: for a long list a schema's dump costs more than the queries. Tests hold the
result against ``TaskOut``."""

from collections.abc import Sequence
from typing import Any

from trackeep.tasks.queries import TaskItem
from trackeep.tasks.schemas import word_of

SAME = tuple(name for name in TaskItem._fields if name not in ("priority", "due_minute"))


def task_shape(item: TaskItem) -> dict[str, Any]:
    shape = {name: getattr(item, name) for name in SAME}
    shape["priority"] = word_of(item.priority)
    return shape


def task_shapes(items: Sequence[TaskItem]) -> list[dict[str, Any]]:
    return [task_shape(item) for item in items]
