"""Which tasks a list shows and in which order: what pages, API, bulk verbs, exports and kept filters understand."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

from trackeep.core import clock
from trackeep.tasks.states import Status
from trackeep.tasks.zones import day_in


class View(StrEnum):
    """The lists that everybody has. ``TODAY`` holds what is overdue, too; ``TODAY`` and ``UPCOMING`` leave out what is
    assigned to somebody else; ``INBOX`` is what is in no project."""

    OPEN = "open"
    TODAY = "today"
    OVERDUE = "overdue"
    UPCOMING = "upcoming"
    INBOX = "inbox"
    FINISHED = "finished"
    ALL = "all"


class Sort(StrEnum):
    """``MANUAL`` is the order that people make by moving tasks."""

    MANUAL = "manual"
    DUE = "due"
    PRIORITY = "priority"
    NEWEST = "newest"
    FINISHED = "finished"


class Assigned(StrEnum):
    ME = "me"
    NOBODY = "nobody"
    OTHERS = "others"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """All parts must hold. ``text`` goes to the search documents, ``tag`` includes the tags below it, ``project_id``
    the projects below it unless ``only_here``; ``due_from`` and ``due_to`` are days, both included. ``zone``, ``today``
    and ``person`` tell who asks and when; queries fill them in."""

    view: View = View.OPEN
    space_id: int | None = None
    text: str = ""
    statuses: tuple[Status, ...] = ()
    least_priority: int = 0
    tag: str = ""
    assigned: Assigned | None = None
    assignee_id: int | None = None
    project_id: int | None = None
    only_here: bool = False
    section_id: int | None = None
    parent_id: int | None = None
    top_only: bool = False
    due_from: date | None = None
    due_to: date | None = None
    undated: bool = False
    zone: str = "UTC"
    today: date = date.min
    person: int | None = None

    def asked_by(self, person: int | None, zone: str) -> "Filters":
        return replace(self, zone=zone, today=day_in(zone, clock.now()), person=person)

    @property
    def is_without_last_day(self) -> bool:
        """Whether there is a first due day and no last one."""
        begins = self.view is View.UPCOMING or self.due_from is not None
        return begins and self.due_to is None and self.view not in (View.TODAY, View.OVERDUE)

    @property
    def lets_finished_through(self) -> bool:
        return self.view in (View.FINISHED, View.ALL)


DEFAULT_SORTS: Mapping[View, Sort] = {
    View.OPEN: Sort.NEWEST,
    View.TODAY: Sort.DUE,
    View.OVERDUE: Sort.DUE,
    View.UPCOMING: Sort.DUE,
    View.INBOX: Sort.MANUAL,
    View.FINISHED: Sort.FINISHED,
    View.ALL: Sort.NEWEST,
}
_OF_ASKING = frozenset({"zone", "today", "person"})
_DAYS = frozenset({"due_from", "due_to"})


def to_plain(filters: Filters) -> dict[str, Any]:
    """What a saved filter keeps: only the parts that are set."""
    default = asdict(Filters())
    kept = {name: value for name, value in asdict(filters).items() if name not in _OF_ASKING and value != default[name]}
    return {name: value.isoformat() if isinstance(value, date) else _plain(value) for name, value in kept.items()}


def from_plain(plain: Mapping[str, Any]) -> Filters:
    """The reverse; parts that are no longer known are left out."""
    known = {field.name for field in fields(Filters)} - _OF_ASKING
    values = {name: value for name, value in plain.items() if name in known}
    for name in _DAYS & values.keys():
        values[name] = date.fromisoformat(values[name])
    if "view" in values:
        values["view"] = View(values["view"])
    if "assigned" in values:
        values["assigned"] = Assigned(values["assigned"])
    if "statuses" in values:
        values["statuses"] = tuple(Status(word) for word in values["statuses"])
    return Filters(**values)


def _plain(value: Any) -> Any:
    return [str(each) for each in value] if isinstance(value, tuple) else value
