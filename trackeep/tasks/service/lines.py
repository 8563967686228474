"""A line of quick add becomes a task: who, where and when its words mean in a space."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.objects import take_turn
from trackeep.core.slots import slots
from trackeep.tasks.drafts import ProjectDraft, TaskDraft
from trackeep.tasks.line import Line, understood
from trackeep.tasks.service.creating import create_task
from trackeep.tasks.service.projects import create_project, create_section, find_project, find_section
from trackeep.tasks.service.rows import members_among
from trackeep.tasks.states import Priority, RecursFrom
from trackeep.tasks.zones import zone_of

MONTH_FIRST = ("en_us", "en-us")


@dataclass(frozen=True, slots=True)
class Meant:
    """A line and what its names stand for in the space. A project or section that is not there has no id and will be
    made."""

    line: Line
    due_at: datetime | None
    assignee_id: int | None
    assignee: str
    tags: Sequence[str]
    project_id: int | None
    section_id: int | None

    @property
    def makes_project(self) -> bool:
        return bool(self.line.project) and self.project_id is None


def read_line(actor: Actor, space_id: int, text: str) -> Meant:
    """Changes nothing. Of the names behind @ the first member of the space gets the task, all others are tags."""
    actor.require_read(space_id)
    zone = zone_of(actor.time_zone)
    day_first = not actor.locale.lower().startswith(MONTH_FIRST)
    line = understood(text, clock.now().astimezone(zone), day_first=day_first)
    members = {name: found for name in line.people if (found := member_named(space_id, name)) is not None}
    assignee = next(iter(members), "")
    tags = [*line.tags, *(name for name in line.people if name != assignee)]
    project_id = find_project(actor, space_id, line.project) if line.project else None
    section_id = find_section(actor, project_id, line.section) if project_id is not None and line.section else None
    due_at = datetime.combine(line.due_on, line.due_time, zone) if line.due_on and line.due_time is not None else None
    return Meant(
        line,
        due_at.astimezone(UTC) if due_at else None,
        members.get(assignee),
        assignee,
        list(dict.fromkeys(tags)),
        project_id,
        section_id,
    )


def add_line(actor: Actor, space_id: int, text: str) -> int:
    """The id of the task; a project and a section that the line names and that are not there are made with it. Raises
    Invalid."""
    actor.require_write(space_id)
    with db.unit_of_work():
        take_turn(space_id)
        meant = read_line(actor, space_id, text)
        line, project_id, section_id = meant.line, meant.project_id, meant.section_id
        if meant.makes_project:
            project_id = create_project(actor, space_id, ProjectDraft(name=line.project))
        if project_id is not None and line.section and section_id is None:
            section_id = create_section(actor, project_id, line.section)
        draft = TaskDraft(
            title=line.title,
            due_on=line.due_on,
            due_at=meant.due_at,
            priority=Priority(line.priority or 0),
            assignee_id=meant.assignee_id,
            tags=meant.tags,
            project_id=project_id,
            section_id=section_id,
            recurrence=line.recurrence,
            recurs_from=RecursFrom(line.recurs_from),
        )
        return create_task(actor, space_id, draft)


def member_named(space_id: int, name: str) -> int | None:
    """The member of the space with this user name or address."""
    person = slots.actor_named(name)
    if person is None or person.user_id is None:
        return None
    return person.user_id if members_among(space_id, [person.user_id]) else None
