"""Single tasks and pages of them."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from trackeep.core.schemas import InputSchema, OutputSchema
from trackeep.tasks.drafts import Move, ReminderDraft, TaskChanges, TaskDraft
from trackeep.tasks.schemas.fields import Day, Id, Moment, Number, TagNames, Text
from trackeep.tasks.schemas.words import PriorityWord
from trackeep.tasks.states import Children, RecursFrom, Status


class ReminderIn(InputSchema):
    """Either ``at``, or ``minutes_before`` the task is due; without a time it is due at nine in the morning."""

    at: Moment | None = None
    minutes_before: Number | None = None

    def draft(self) -> ReminderDraft:
        return ReminderDraft(at=self.at, minutes_before=self.minutes_before)


class TaskIn(InputSchema):
    """A task to be made; without ``space_id`` it goes to the personal space, without ``project_id`` to the inbox.
    ``due_at`` alone is enough for a task with a time. ``recurrence`` is an RRULE without DTSTART."""

    title: Text
    notes: Text = ""
    space_id: Id | None = None
    project_id: Id | None = None
    section_id: Id | None = None
    parent_id: Id | None = None
    status: Status = Status.OPEN
    priority: PriorityWord = PriorityWord.NONE
    due_on: Day | None = None
    due_at: Moment | None = None
    start_on: Day | None = None
    start_at: Moment | None = None
    estimate_minutes: Number | None = None
    progress: Number = 0
    assignee_id: Id | None = None
    recurrence: Text = ""
    recurs_from: RecursFrom = RecursFrom.DUE
    tags: TagNames = []
    reminders: Annotated[list[ReminderIn], Field(max_length=20)] = []

    def draft(self) -> TaskDraft:
        plain = self.model_dump(exclude={"space_id", "priority", "reminders"})
        reminders = [reminder.draft() for reminder in self.reminders]
        return TaskDraft(**plain, priority=self.priority.priority, reminders=reminders)


class TaskPatch(InputSchema):
    """Only the fields that are present change; null empties one. ``title`` and ``notes`` need the ``If-Match`` header
    with the version that was edited. A ``status`` that finishes a task with open tasks below it needs ``children``. A
    ``due_on`` without ``due_at`` takes the time away."""

    title: Text = ""
    notes: Text | None = None
    status: Status = Status.OPEN
    children: Children | None = None
    priority: PriorityWord = PriorityWord.NONE
    due_on: Day | None = None
    due_at: Moment | None = None
    start_on: Day | None = None
    start_at: Moment | None = None
    estimate_minutes: Number | None = None
    progress: Number = 0
    assignee_id: Id | None = None
    recurrence: Text | None = None
    recurs_from: RecursFrom = RecursFrom.DUE
    tags: TagNames | None = None

    def changes(self) -> TaskChanges:
        sent = self.model_dump(exclude_unset=True)
        empty: dict[str, Any] = {"notes": "", "recurrence": "", "tags": []}
        values = {name: empty.get(name) if value is None else value for name, value in sent.items()}
        if "priority" in values:
            values["priority"] = self.priority.priority
        if values.get("children", "") is None:
            values.pop("children")
        changes: TaskChanges = {}
        changes.update(values)  # type: ignore[typeddict-item]  # the fields above are those of the changes
        return changes


class TaskMoveIn(InputSchema):
    """Where a task goes; only what is present changes. null as ``project_id`` is the inbox, as ``parent_id`` the top.
    ``after_id`` and ``before_id`` are the tasks between which it comes to stand, one of them is enough."""

    project_id: Id | None = None
    section_id: Id | None = None
    parent_id: Id | None = None
    after_id: Id | None = None
    before_id: Id | None = None
    status: Status | None = None
    children: Children | None = None

    def move(self) -> Move:
        move: Move = {}
        places = {"project_id", "section_id", "parent_id"}
        sent = self.model_dump(exclude_none=True, exclude={"children", *places})
        sent |= self.model_dump(exclude_unset=True, include=places)
        move.update(sent)  # type: ignore[typeddict-item]  # the fields above are those of a move
        return move


class FinishIn(InputSchema):
    """``children`` says what becomes of open tasks below; needed when there are some."""

    children: Children | None = None


class TagRefOut(OutputSchema):
    id: int
    name: str
    colour: str


class TaskOut(OutputSchema):
    """In lists ``notes`` are cut after 500 letters. ``due_at`` is there beside ``due_on`` when there is a time.
    ``subtasks`` are those directly below, ``blocked`` says that it waits for an unfinished task, ``next_id`` is the
    task that came when this repeating one was finished."""

    id: int
    space_id: int
    project_id: int | None
    section_id: int | None
    parent_id: int | None
    title: str
    notes: str
    status: Status
    priority: PriorityWord
    due_on: date | None
    due_at: datetime | None
    start_on: date | None
    start_at: datetime | None
    estimate_minutes: int | None
    progress: int
    assignee_id: int | None
    position: int
    recurrence: str
    recurs_from: RecursFrom
    next_id: int | None
    completed_at: datetime | None
    created_at: datetime
    updated_at: datetime
    created_by: int | None
    version: int
    tags: list[TagRefOut]
    subtasks: int
    open_subtasks: int
    blocked: bool
    comments: int


class TaskPageOut(OutputSchema):
    """``total`` is null on all but the first page; ``total_capped`` says that there are more."""

    items: list[TaskOut]
    next_cursor: str | None
    total: int | None
    total_capped: bool


class TasksOut(OutputSchema):
    items: list[TaskOut]


class DependenciesOut(OutputSchema):
    """``blockers`` are the tasks that this one waits for, ``blocked`` those that wait for it."""

    blockers: list[TaskOut]
    blocked: list[TaskOut]


class DependencyIn(InputSchema):
    blocker_id: Id


class ReminderOut(OutputSchema):
    id: int
    at: datetime
    minutes_before: int | None
    fired_at: datetime | None


class RemindersOut(OutputSchema):
    items: list[ReminderOut]


class CommentIn(InputSchema):
    """Markdown; who stands in it behind an @ by user name is mentioned, if a member of the space."""

    body: Text


class CommentOut(OutputSchema):
    """``mentions`` are ids of people."""

    id: int
    task_id: int
    author_id: int | None
    body: str
    created_at: datetime
    edited_at: datetime | None
    mentions: list[int]


class MentionableQuery(InputSchema):
    """``text`` is what has been typed of a user name or a shown name."""

    text: Annotated[str, Field(max_length=100)] = ""
    limit: Annotated[int, Field(ge=1, le=50)] = 8


class MentionableOut(OutputSchema):
    """Somebody whom ``@username`` in a comment tells; ``name`` is the one they show."""

    id: int
    username: str
    name: str


class MentionablesOut(OutputSchema):
    items: list[MentionableOut]


class CommentsOut(OutputSchema):
    items: list[CommentOut]
    next_cursor: str | None
