"""What a task that is about to be made would have beside its title."""

from collections.abc import Sequence
from dataclasses import dataclass

from trackeep.core.actor import Actor
from trackeep.core.i18n import gettext as _
from trackeep.core.slots import slots
from trackeep.tasks import queries, recurrence
from trackeep.tasks.drafts import TaskDraft
from trackeep.tasks.wording.days import due_of, today_in


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that was understood, as a chip with an icon says it."""

    kind: str
    icon: str
    text: str
    hue: str = ""


def facts(actor: Actor, draft: TaskDraft) -> list[Fact]:
    """What the task would have beside its title."""
    found: list[Fact] = []
    due = due_of(draft.due_on, draft.due_at, today_in(actor.time_zone))
    if due is not None:
        found.append(Fact("date", "calendar", due.words))
    if draft.recurrence:
        found.append(Fact("repeat", "repeat", recurrence.described(draft.recurrence)))
    if draft.priority:
        found.append(Fact("priority", "flag", priority_names()[int(draft.priority)]))
    if draft.project_id is not None:
        project = queries.get_project(actor, draft.project_id)
        found.append(Fact("project", "folder", project.name, project.colour))
    if draft.section_id is not None:
        found.append(Fact("section", "section", queries.get_section(actor, draft.section_id).name))
    if draft.assignee_id is not None:
        found.append(Fact("person", "user", slots.names_of([draft.assignee_id]).get(draft.assignee_id, "")))
    return found + [Fact("tag", "hash", name) for name in draft.tags]


def missing_words(kind: str, name: str) -> str:
    """What becomes of the name of a project or section that is not there."""
    if kind == "project":
        return str(_("No project named “%(name)s”: it stays in the title", name=name))
    return str(_("No section named “%(name)s” here: it stays in the title", name=name))


def priority_names() -> Sequence[str]:
    """In the order of the numbers."""
    return [str(_("No priority")), str(_("Low")), str(_("Medium")), str(_("High")), str(_("Urgent"))]
