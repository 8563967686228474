"""Which tasks are meant, what is done to many of them, and the lists that a person keeps."""

from typing import Annotated, Any

from pydantic import Field, model_validator

from trackeep.core.i18n import gettext as _
from trackeep.core.schemas import InputSchema, OutputSchema
from trackeep.tasks.filters import Assigned, Filters, Sort, View
from trackeep.tasks.queries import BoardBy, KeptFilter
from trackeep.tasks.schemas.fields import MAX_IDS, Cursor, Day, Id, Limit, Name, TagNames
from trackeep.tasks.schemas.items import TaskOut
from trackeep.tasks.schemas.words import PriorityWord, word_of
from trackeep.tasks.service.bulk import BulkAction, BulkVerb, Selection
from trackeep.tasks.states import Children, Status

_WORD = f"({'|'.join(status.value for status in Status)})"


class FilterIn(InputSchema):
    """Which tasks are meant; all parts must hold. ``project`` includes the projects below it unless ``only_here``;
    ``due_from`` and ``due_to`` are both included. ``status`` is one or several, with commas between."""

    view: View = View.OPEN
    space: Id | None = None
    text: Annotated[str, Field(max_length=1_000)] = ""
    status: Annotated[str, Field(pattern=f"^({_WORD}(,{_WORD})*)?$", max_length=60)] = ""
    priority: PriorityWord = PriorityWord.NONE
    tag: Annotated[str, Field(max_length=200)] = ""
    assigned: Assigned | None = None
    assignee: Id | None = None
    project: Id | None = None
    only_here: bool = False
    section: Id | None = None
    parent: Id | None = None
    top_only: bool = False
    due_from: Day | None = None
    due_to: Day | None = None
    undated: bool = False

    def filters(self) -> Filters:
        return Filters(
            view=self.view,
            space_id=self.space,
            text=self.text,
            statuses=tuple(dict.fromkeys(Status(word) for word in self.status.split(",") if word)),
            least_priority=int(self.priority.priority),
            tag=self.tag,
            assigned=self.assigned,
            assignee_id=self.assignee,
            project_id=self.project,
            only_here=self.only_here,
            section_id=self.section,
            parent_id=self.parent,
            top_only=self.top_only,
            due_from=self.due_from,
            due_to=self.due_to,
            undated=self.undated,
        )


class ListQuery(FilterIn):
    sort: Sort | None = None
    cursor: Cursor = None
    limit: Limit = 50


class MonthQuery(InputSchema):
    first: Day
    last: Day
    space: Id | None = None
    project: Id | None = None


class DaysOut(OutputSchema):
    """The tasks of each day that has some, by ISO day."""

    days: dict[str, list[TaskOut]]


class CountsQuery(InputSchema):
    space: Id | None = None


class CountsOut(OutputSchema):
    """Each at most 1,001, which reads 'more than 1,000'."""

    today: int
    overdue: int
    upcoming: int
    inbox: int
    open: int


class BoardQuery(InputSchema):
    by: BoardBy = BoardBy.SECTION
    limit: Limit = 50


class ColumnOut(OutputSchema):
    """``key`` is the id of a section (0 is without one) or a status."""

    key: int | str
    name: str
    cards: list[TaskOut]
    next_cursor: str | None
    total: int


class BoardOut(OutputSchema):
    columns: list[ColumnOut]


class SelectionIn(InputSchema):
    """Either ``ids``, or ``filter`` for everything that it lets through."""

    ids: Annotated[list[Id], Field(max_length=MAX_IDS)] | None = None
    filter: FilterIn | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "SelectionIn":
        if (self.ids is None) == (self.filter is None):
            raise ValueError(_("Please name either ids or a filter."))
        return self

    def selection(self) -> Selection:
        return Selection(ids=self.ids, filters=self.filter.filters() if self.filter else None)


class BulkIn(SelectionIn):
    """``due_on`` is for ``schedule``, which keeps a time of day, ``priority`` for ``prioritise``, ``assignee_id`` for
    ``assign``, ``project_id`` and ``section_id`` for ``move``, ``space_id`` and
    ``project_id`` (or else the inbox there) for ``to_space``, ``tags`` for ``tag`` and ``untag``, ``children`` for
    ``complete`` and ``cancel``."""

    verb: BulkVerb
    tags: TagNames = []
    due_on: Day | None = None
    priority: PriorityWord = PriorityWord.NONE
    assignee_id: Id | None = None
    project_id: Id | None = None
    section_id: Id | None = None
    space_id: Id | None = None
    children: Children = Children.KEEP

    def action(self) -> BulkAction:
        return BulkAction(
            verb=self.verb,
            tags=tuple(self.tags),
            due_on=self.due_on,
            priority=self.priority.priority,
            assignee_id=self.assignee_id,
            project_id=self.project_id,
            section_id=self.section_id,
            space_id=self.space_id,
            children=self.children,
        )


class BulkOut(OutputSchema):
    """How many were meant and how many were not so before; ``undo_id`` takes the change back, and ``left_open`` tasks
    below finished ones stay open. A move to another space removed ``untied`` dependencies on tasks that stay, and
    ``unassigned`` tasks were given to people who are not there."""

    matched: int
    changed: int
    undo_id: int | None
    left_open: int
    untied: int
    unassigned: int


class UndoneOut(OutputSchema):
    """``kept`` were edited since and stay as they are."""

    restored: int
    kept: list[int]


class KeptFilterIn(InputSchema):
    name: Name
    filter: FilterIn


class KeptFilterPatch(InputSchema):
    name: Name = ""
    filter: FilterIn | None = None

    @property
    def new_name(self) -> str | None:
        return self.name if "name" in self.model_fields_set else None


class KeptFilterOut(OutputSchema):
    """``filter`` has the parameters of the list that are not as usual."""

    id: int
    name: str
    filter: dict[str, Any]


class KeptFiltersOut(OutputSchema):
    items: list[KeptFilterOut]


_NAMES = {
    "space_id": "space",
    "statuses": "status",
    "least_priority": "priority",
    "assignee_id": "assignee",
    "project_id": "project",
    "section_id": "section",
    "parent_id": "parent",
}


def kept_shape(kept: KeptFilter, plain: dict[str, Any]) -> dict[str, Any]:
    """The kept filter in the names of the list's parameters."""
    parameters = {_NAMES.get(name, name): value for name, value in plain.items()}
    if "priority" in parameters:
        parameters["priority"] = word_of(parameters["priority"])
    if "status" in parameters:
        parameters["status"] = ",".join(parameters["status"])
    return {"id": kept.id, "name": kept.name, "filter": parameters}
