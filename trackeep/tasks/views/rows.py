"""What one row of a list shows, worked out before the template so that it only writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flask import url_for

from trackeep.core.actor import Actor
from trackeep.core.slots import slots
from trackeep.tasks import queries
from trackeep.tasks.queries import ProjectItem, TaskItem
from trackeep.tasks.states import Status
from trackeep.tasks.wording import Due, Today, due_of, today_in

NO_HUE = "grey"
DEEPEST = 3
"""Levels of subtasks that a list shows below a task; the details show all."""


class Chip(NamedTuple):
    name: str
    hue: str


@dataclass(frozen=True, slots=True)
class Row:
    """``depth`` is how far it is indented, ``parent`` the title above it where that is not on show, ``counted`` its
    finished subtasks of all, such as '1/3'."""

    id: int
    title: str
    href: str
    version: int
    status: str
    is_open: bool
    priority: int
    due: Due | None
    repeats: bool
    tags: Sequence[Chip]
    project: str
    project_url: str
    hue: str
    parent: str
    parent_id: int | None
    counted: str
    comments: int
    blocked: bool
    has_notes: bool
    assignee: str
    writable: bool
    depth: int = 0

    @property
    def in_progress(self) -> bool:
        return self.status == Status.IN_PROGRESS.value


@dataclass(frozen=True, slots=True)
class Scene:
    """What the rows of one page have in common."""

    actor: Actor
    today: Today
    projects: Mapping[int, ProjectItem]
    names: Mapping[int, str]
    parents: Mapping[int, str]
    with_project: bool
    nested: bool

    def row(self, item: TaskItem, depth: int = 0) -> Row:
        project = self.projects.get(item.project_id or 0) if self.with_project else None
        return Row(
            id=item.id,
            title=item.title,
            href=url_for("tasks.show", task_id=item.id),
            version=item.version,
            status=item.status,
            is_open=item.is_open,
            priority=item.priority,
            due=due_of(item.due_on, item.due_at, self.today),
            repeats=bool(item.recurrence),
            tags=[Chip(tag.name, "" if tag.colour == NO_HUE else tag.colour) for tag in item.tags],
            project=project.name if project else "",
            project_url=url_for("tasks.show_project", project_id=project.id) if project else "",
            hue=project.colour if project else "",
            parent="" if depth else self.parents.get(item.parent_id or 0, ""),
            parent_id=item.parent_id if depth or not self.nested else None,
            counted=f"{item.subtasks - item.open_subtasks}/{item.subtasks}" if item.subtasks else "",
            comments=item.comments,
            blocked=item.blocked,
            has_notes=bool(item.notes),
            assignee=self.names.get(item.assignee_id or 0, ""),
            writable=self.actor.can_write(item.space_id),
            depth=depth,
        )


def rows_of(actor: Actor, items: Sequence[TaskItem], *, with_project: bool = True, nested: bool = False) -> list[Row]:
    """``nested`` puts the open subtasks below each task that has some."""
    below = _below(items) if nested else {}
    everyone = [*items, *(item for several in below.values() for item in several)]
    people = sorted({item.assignee_id for item in everyone if item.assignee_id is not None})
    above = {item.parent_id for item in items if item.parent_id is not None}
    projects = {project.id: project for project in queries.project_tree(actor, archived=True)} if with_project else {}
    scene = Scene(
        actor=actor,
        today=today_in(actor.time_zone),
        projects=projects,
        names=slots.names_of(people) if people else {},
        parents={key: parent.title for key, parent in queries.get_tasks(actor, above).items()} if above else {},
        with_project=with_project,
        nested=nested,
    )
    return [row for item in items for row in _branch(scene, item, below, 0)]


def _below(items: Sequence[TaskItem]) -> Mapping[int, Sequence[TaskItem]]:
    """The open subtasks, level by level: by a few queries however many tasks there are."""
    found: dict[int, Sequence[TaskItem]] = {}
    level = items
    for _level in range(DEEPEST):
        ids = [item.id for item in level if item.open_subtasks]
        if not ids:
            break
        several = queries.subtasks_of(ids)
        found |= {key: [item for item in below if item.is_open] for key, below in several.items()}
        level = [item for below in several.values() for item in below if item.is_open]
    return found


def _branch(scene: Scene, item: TaskItem, below: Mapping[int, Sequence[TaskItem]], depth: int) -> list[Row]:
    rows = [scene.row(item, depth)]
    if depth < DEEPEST:
        for child in below.get(item.id, ()):
            rows += _branch(scene, child, below, depth + 1)
    return rows
