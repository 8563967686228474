"""What a person wants to make or change, as the verbs take it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

from trackeep.tasks.states import Children, Priority, RecursFrom, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderDraft:
    """Either a moment, or so many minutes before the task is due; one without a time is due at nine in the morning."""

    at: datetime | None = None
    minutes_before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDraft:
    """A task to be made. ``due_at`` alone is enough for a task with a time; ``due_on`` follows from it. Without a
    project it goes to the inbox, or to where its parent is."""

    title: str
    notes: str = ""
    project_id: int | None = None
    section_id: int | None = None
    parent_id: int | None = None
    status: Status = Status.OPEN
    priority: Priority = Priority.NONE
    due_on: date | None = None
    due_at: datetime | None = None
    start_on: date | None = None
    start_at: datetime | None = None
    estimate_minutes: int | None = None
    progress: int = 0
    assignee_id: int | None = None
    recurrence: str = ""
    recurs_from: RecursFrom = RecursFrom.DUE
    tags: Sequence[str] = ()
    reminders: Sequence[ReminderDraft] = ()
    completed_at: datetime | None = None


class TaskChanges(TypedDict, total=False):
    """What to change: a part that is missing stays as it is. A day without a moment takes the time away; with no day
    there is no moment either."""

    title: str
    notes: str
    priority: Priority
    due_on: date | None
    due_at: datetime | None
    start_on: date | None
    start_at: datetime | None
    estimate_minutes: int | None
    progress: int
    assignee_id: int | None
    recurrence: str
    recurs_from: RecursFrom
    tags: Sequence[str]
    status: Status
    children: Children


class Move(TypedDict, total=False):
    """Where a task goes: a part that is missing stays as it is, where it fits the new place. ``after_id`` and
    ``before_id`` are the tasks between which it comes to stand; without both it goes to the end, if it changes its
    project."""

    project_id: int | None
    section_id: int | None
    parent_id: int | None
    after_id: int
    before_id: int
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectDraft:
    name: str
    colour: str = "grey"
    parent_id: int | None = None


class ProjectChanges(TypedDict, total=False):
    """``after_id`` is the sibling behind which the project comes to stand, None for the first place."""

    name: str
    colour: str
    parent_id: int | None
    after_id: int | None
    archived: bool


class SectionChanges(TypedDict, total=False):
    """``after_id`` is the section behind which it comes to stand, None for the first place."""

    name: str
    after_id: int | None
