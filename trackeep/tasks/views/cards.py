"""What a card of a board shows, worked out before the template so that it only writes."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask import url_for

from trackeep.core.actor import Actor
from trackeep.core.slots import slots
from trackeep.tasks.queries import TaskItem
from trackeep.tasks.states import Status
from trackeep.tasks.wording import Due, due_of, today_in

NO_HUE = "grey"
MOST_TAGS = 3
ID_PLACE = "/0"


class Chip(NamedTuple):
    name: str
    hue: str


class Card(NamedTuple):
    """``counted`` is the finished subtasks of all, such as '1/3'; ``more_tags`` how many tags there is no room for."""

    id: int
    title: str
    href: str
    priority: int
    status: str
    is_open: bool
    due: Due | None
    repeats: bool
    tags: Sequence[Chip]
    more_tags: int
    counted: str
    comments: int
    blocked: bool
    has_notes: bool
    assignee: str

    @property
    def has_foot(self) -> bool:
        return bool(self.due or self.tags or self.counted or self.comments or self.blocked or self.assignee)

    @property
    def in_progress(self) -> bool:
        return self.status == Status.IN_PROGRESS.value


def cards_of(actor: Actor, items: Sequence[TaskItem]) -> list[Card]:
    today, base = today_in(actor.time_zone), url_for("tasks.show", task_id=0).removesuffix(ID_PLACE)
    names = names_of(items)
    return [
        Card(
            id=item.id,
            title=item.title,
            href=f"{base}/{item.id}",
            priority=item.priority,
            status=item.status,
            is_open=item.is_open,
            due=due_of(item.due_on, item.due_at, today),
            repeats=bool(item.recurrence),
            tags=[Chip(tag.name, "" if tag.colour == NO_HUE else tag.colour) for tag in item.tags[:MOST_TAGS]],
            more_tags=max(0, len(item.tags) - MOST_TAGS),
            counted=f"{item.subtasks - item.open_subtasks}/{item.subtasks}" if item.subtasks else "",
            comments=item.comments,
            blocked=item.blocked,
            has_notes=bool(item.notes),
            assignee=names.get(item.assignee_id or 0, ""),
        )
        for item in items
    ]


def names_of(items: Sequence[TaskItem]) -> Mapping[int, str]:
    """Of those to whom the tasks are assigned."""
    people = sorted({item.assignee_id for item in items if item.assignee_id is not None})
    return slots.names_of(people) if people else {}
