"""A task, and which task blocks which."""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Text,
    func,
    literal_column,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db
from trackeep.tasks.models.indexes import DUE_DAY, IN_PROJECT, LATER_THAN_ANY, TOP_OF_PROJECT, live, partial, still_open

KIND = "task"
MAX_TITLE = 1_000
MAX_NOTES = 200_000
MAX_RECURRENCE = 500
NO_TIME = 1_440
"""The minute behind the last one of a day: what has no time is done whenever, so lists show it after what has one."""


class Task(db.Base):
    """``project_id`` empty is the inbox. ``due_on`` is the day for whoever set it; ``due_at`` is there beside it when
    there is a time, and ``due_minute`` is that time of day, for sorting. ``position`` orders all tasks of a project, or
    of an inbox, on one line, whatever section or parent they are in. ``completed_at`` is the moment at which the task
    was done or cancelled. ``next_id`` is the task that came when this repeating one was finished."""

    __tablename__ = "tasks"
    __table_args__ = (
        ForeignKeyConstraint(
            ["id", "space_id"],
            ["objects.id", "objects.space_id"],
            name="fk_tasks_object",
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        CheckConstraint("status IN ('open', 'in_progress', 'done', 'cancelled')", name="status"),
        CheckConstraint("(status IN ('done', 'cancelled')) = (completed_at IS NOT NULL)", name="completed_at"),
        CheckConstraint("priority BETWEEN 0 AND 4", name="priority"),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress"),
        CheckConstraint("recurs_from IN ('due', 'completion')", name="recurs_from"),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        CheckConstraint("due_at IS NULL OR due_on IS NOT NULL", name="due_day"),
        CheckConstraint("start_at IS NULL OR start_on IS NOT NULL", name="start_day"),
        still_open("ix_tasks_due_day", "space_id", DUE_DAY, "due_minute", "id"),
        still_open("ix_tasks_inbox", "space_id", "position", "id", also="project_id IS NULL AND parent_id IS NULL"),
        still_open("ix_tasks_section", "project_id", "section_id", "position", "id", also=TOP_OF_PROJECT),
        still_open("ix_tasks_column", "project_id", "status", "position", "id", also=TOP_OF_PROJECT),
        still_open("ix_tasks_repeating", "space_id", "due_on", "id", also="recurrence <> ''"),
        still_open("ix_tasks_assigned", "assignee_id", "space_id", "due_on", "id", also="assignee_id IS NOT NULL"),
        still_open("ix_tasks_priority", "space_id", "priority", "id"),
        still_open("ix_tasks_open", "space_id", "id"),
        live("ix_tasks_live", "space_id", "id"),
        live("ix_tasks_all_due_day", "space_id", DUE_DAY, "due_minute", "id"),
        live("ix_tasks_completed", "space_id", "completed_at", "id", also="completed_at IS NOT NULL"),
        live(
            "ix_tasks_finished", "project_id", "completed_at", "id", also=f"completed_at IS NOT NULL AND {IN_PROJECT}"
        ),
        partial("ix_tasks_parent", "parent_id", "position", "id", condition="parent_id IS NOT NULL"),
        partial("ix_tasks_project", "project_id", "position", "id", condition="project_id IS NOT NULL"),
        partial("ix_tasks_loose", "space_id", "position", "id", condition="project_id IS NULL"),
        partial("ix_tasks_section_id", "section_id", condition="section_id IS NOT NULL"),
        partial("ix_tasks_assignee_id", "assignee_id", condition="assignee_id IS NOT NULL"),
        partial("ix_tasks_next_id", "next_id", condition="next_id IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    space_id: Mapped[int] = mapped_column(BigInteger, nullable=False)
    project_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("projects.id", ondelete="SET NULL"))
    section_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("sections.id", ondelete="SET NULL"))
    parent_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("tasks.id", ondelete="SET NULL"))
    title: Mapped[str] = mapped_column(String(MAX_TITLE), nullable=False)
    notes: Mapped[str] = mapped_column(Text, nullable=False, default="")
    status: Mapped[str] = mapped_column(String(12), nullable=False, default="open")
    priority: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    due_on: Mapped[date | None]
    due_at: Mapped[datetime | None]
    due_minute: Mapped[int] = mapped_column(Integer, nullable=False, default=NO_TIME, server_default=text("1440"))
    start_on: Mapped[date | None]
    start_at: Mapped[datetime | None]
    estimate_minutes: Mapped[int | None] = mapped_column(Integer)
    progress: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    assignee_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    position: Mapped[int] = mapped_column(BigInteger, nullable=False, default=0)
    recurrence: Mapped[str] = mapped_column(String(MAX_RECURRENCE), nullable=False, default="")
    recurs_from: Mapped[str] = mapped_column(String(10), nullable=False, default="due")
    next_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("tasks.id", ondelete="SET NULL"))
    completed_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]


NEVER: ColumnElement[date] = literal_column(LATER_THAN_ANY, Date())
DUE_OR_NEVER: ColumnElement[date] = func.coalesce(Task.due_on, NEVER, type_=Date())
"""The due day by which lists are sorted and searched, spelled like its indexes: SQLite compares the words."""


class TaskDependency(db.Base):
    """The blocked task waits until the blocking one is finished."""

    __tablename__ = "task_dependencies"
    __table_args__ = (
        CheckConstraint("blocker_id <> blocked_id", name="not_itself"),
        Index("ix_task_dependencies_blocked_id", "blocked_id"),
    )

    blocker_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("tasks.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    blocked_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("tasks.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
