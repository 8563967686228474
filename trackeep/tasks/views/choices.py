"""What the fields of the conditions of a list offer."""

from collections.abc import Sequence
from typing import NamedTuple

from flask_babel import gettext as _

from trackeep.tasks.filters import Assigned, View
from trackeep.tasks.queries import ProjectItem
from trackeep.tasks.schemas import PriorityWord
from trackeep.tasks.states import Status

Choice = tuple[str, str]


class Choices(NamedTuple):
    """Each a list of values with their words."""

    views: Sequence[Choice]
    statuses: Sequence[Choice]
    priorities: Sequence[Choice]
    assigned: Sequence[Choice]
    projects: Sequence[Choice]


def choices_of(tree: Sequence[ProjectItem]) -> Choices:
    return Choices(
        views=view_choices(),
        statuses=[("", _("Any")), *status_choices()],
        priorities=priority_choices(),
        assigned=[("", _("Anybody")), *assigned_choices()],
        projects=[("", _("Any")), *((str(each.id), " / ".join(each.path)) for each in tree)],
    )


def view_choices() -> Sequence[Choice]:
    return [
        (View.OPEN.value, _("Open")),
        (View.TODAY.value, _("Due today and overdue")),
        (View.OVERDUE.value, _("Overdue")),
        (View.UPCOMING.value, _("Upcoming")),
        (View.INBOX.value, _("Inbox")),
        (View.FINISHED.value, _("Finished")),
        (View.ALL.value, _("All")),
    ]


def status_choices() -> Sequence[Choice]:
    return [
        (Status.OPEN.value, _("To do")),
        (Status.IN_PROGRESS.value, _("In progress")),
        (Status.DONE.value, _("Done")),
        (Status.CANCELLED.value, _("Given up")),
    ]


def priority_choices() -> Sequence[Choice]:
    return [
        (PriorityWord.NONE.value, _("Any")),
        (PriorityWord.LOW.value, _("Low or more")),
        (PriorityWord.MEDIUM.value, _("Medium or more")),
        (PriorityWord.HIGH.value, _("High or more")),
        (PriorityWord.URGENT.value, _("Urgent")),
    ]


def assigned_choices() -> Sequence[Choice]:
    return [
        (Assigned.ME.value, _("To me")),
        (Assigned.NOBODY.value, _("To nobody")),
        (Assigned.OTHERS.value, _("To others")),
    ]
