"""A line of quick add becomes a task: what it names is looked up in the space."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.objects import take_turn
from trackeep.core.slots import slots
from trackeep.tasks.drafts import ProjectDraft, TaskDraft
from trackeep.tasks.line import Line, Span, understood
from trackeep.tasks.service.creating import create_task
from trackeep.tasks.service.projects import create_project, find_project, find_section
from trackeep.tasks.service.rows import members_among
from trackeep.tasks.states import Priority, RecursFrom, Status
from trackeep.tasks.zones import zone_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a task goes that names no project, its column, and the day on which it is due if the line tells none."""

    project_id: int | None = None
    section_id: int | None = None
    parent_id: int | None = None
    due_on: date | None = None
    status: Status = Status.OPEN


@dataclass(frozen=True, slots=True)
class Missing:
    """A project or section that the line names and the space does not have."""

    kind: Literal["project", "section"]
    name: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood: the draft, and which characters of the line it comes from. A name that nothing goes by
    stays in the title and is ``missing``."""

    draft: TaskDraft
    spans: Sequence[Span]
    missing: Sequence[Missing] = ()


NOWHERE = Place()
MONTH_FIRST = "en-us"
"""The locale in which 3/4 is a day of March."""


def read_line(actor: Actor, space_id: int, text: str, place: Place = NOWHERE, *, week_start: int = 0) -> Reading:
    """What the line would become in the space; nothing is made."""
    actor.require_read(space_id)
    now = clock.now().astimezone(zone_of(actor.time_zone))
    day_first = not actor.locale.lower().replace("_", "-").startswith(MONTH_FIRST)
    line = understood(text, now, week_start=week_start, day_first=day_first)
    place, line, missing = _placed(actor, space_id, line, place)
    assignee_id, tags = _people(actor, space_id, line)
    draft = TaskDraft(
        title=line.title,
        project_id=place.project_id,
        section_id=place.section_id,
        parent_id=place.parent_id,
        status=place.status,
        priority=Priority(line.priority or 0),
        due_on=line.due_on or place.due_on,
        due_at=_moment(actor, line),
        recurrence=line.recurrence,
        recurs_from=RecursFrom(line.recurs_from),
        assignee_id=assignee_id,
        tags=tags,
    )
    return Reading(draft, line.spans, missing)


def add_line(actor: Actor, space_id: int, text: str, place: Place = NOWHERE, *, week_start: int = 0) -> int:
    """Make the task that the line tells of; answers its id."""
    actor.require_write(space_id)
    return create_task(actor, space_id, read_line(actor, space_id, text, place, week_start=week_start).draft)


def make_named_project(actor: Actor, space_id: int, name: str) -> int | None:
    """A project of the space for a name that nothing goes by; None when somebody has made it meanwhile."""
    actor.require_write(space_id)
    with db.unit_of_work():
        take_turn(space_id)
        if find_project(actor, space_id, name) is not None:
            return None
        return create_project(actor, space_id, ProjectDraft(name=name))


def _placed(actor: Actor, space_id: int, line: Line, place: Place) -> tuple[Place, Line, list[Missing]]:
    """The project and section that the line names, or the place that it was typed at. Outside of projects a /word is
    no section that somebody could miss."""
    missing: list[Missing] = []
    if line.project:
        project_id = find_project(actor, space_id, line.project)
        if project_id is None:
            missing.append(Missing("project", line.project))
            line = _kept_in_title(line, "+", line.project, "project")
        else:
            place = replace(place, project_id=project_id, section_id=None, parent_id=None)
    if line.section:
        section_id = find_section(actor, place.project_id, line.section) if place.project_id else None
        if section_id is None:
            missing += [Missing("section", line.section)] if place.project_id else []
            line = _kept_in_title(line, "/", line.section, "section")
        else:
            place = replace(place, section_id=section_id, parent_id=None)
    return place, line, missing


def _kept_in_title(line: Line, sign: str, name: str, kind: str) -> Line:
    spans = tuple(span for span in line.spans if span.kind != kind)
    return replace(line, title=f"{line.title} {sign}{name}".strip(), spans=spans)


def _people(actor: Actor, space_id: int, line: Line) -> tuple[int | None, list[str]]:
    """The first name behind an @ that is a member's is who does it; the others are tags."""
    tags = list(line.tags)
    chosen: int | None = None
    for name in line.people:
        member = member_named(space_id, name) if chosen is None else None
        chosen = chosen or member
        tags += [name] if member is None else []
    return chosen, tags


def member_named(space_id: int, name: str) -> int | None:
    """The member of the space with this user name or address."""
    person = slots.actor_named(name)
    if person is None or person.user_id is None:
        return None
    return person.user_id if members_among(space_id, [person.user_id]) else None


def _moment(actor: Actor, line: Line) -> datetime | None:
    if line.due_on is None or line.due_time is None:
        return None
    return datetime.combine(line.due_on, line.due_time, zone_of(actor.time_zone))
