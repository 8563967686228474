"""Files of tasks that people brought, the lines of their reports, and which task an entry of a file became."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db
from trackeep.tasks.models.task import MAX_TITLE

MAX_UID = 200
IMPORT_STATES = ("choosing", "checking", "checked", "running", "done", "undoing", "undone", "failed")


class TaskImport(db.Base):
    """A file that somebody brought: its columns are chosen where they must be, it is looked through, saved, perhaps
    taken back. ``blob_key`` names the file until it is saved; ``options`` are how it is read; ``counts`` is the number
    of rows by outcome; ``made`` holds the new projects."""

    __tablename__ = "task_imports"
    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(repr(state) for state in IMPORT_STATES)})", name="state"),
        CheckConstraint("kind IN ('own', 'todoist', 'table', 'calendar')", name="kind"),
        Index("ix_task_imports_user_id_id", "user_id", "id"),
        Index("ix_task_imports_space_id", "space_id"),
        Index("ix_task_imports_undo_id", "undo_id"),
        Index("ix_task_imports_created_at", "created_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"), nullable=False)
    space_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("spaces.id", ondelete="CASCADE"), nullable=False)
    file_name: Mapped[str] = mapped_column(String(200), nullable=False)
    kind: Mapped[str] = mapped_column(String(10), nullable=False)
    blob_key: Mapped[str | None] = mapped_column(db.BlobKey)
    options: Mapped[dict[str, Any]] = mapped_column(nullable=False, default=dict)
    state: Mapped[str] = mapped_column(String(10), nullable=False)
    total: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    saved: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    counts: Mapped[dict[str, Any]] = mapped_column(nullable=False, default=dict)
    made: Mapped[dict[str, Any]] = mapped_column(nullable=False, default=dict)
    undo_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("undo_batches.id", ondelete="SET NULL"))
    error: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(nullable=False)
    finished_at: Mapped[datetime | None]


class TaskImportRow(db.Base):
    """One line of the report. ``number`` is the entry's place in the file, ``level`` how deep below others the task
    is, ``parent`` and ``same_as`` the numbers of the entries that it belongs to or repeats, ``key`` what it is known
    by, ``payload`` is what is saved, and what is told about it."""

    __tablename__ = "task_import_rows"
    __table_args__ = (
        Index("ix_task_import_rows_outcome", "import_id", "outcome", "level", "number"),
        Index("ix_task_import_rows_task_id", "task_id"),
    )

    import_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("task_imports.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    level: Mapped[int] = mapped_column(Integer, nullable=False)
    parent: Mapped[int | None] = mapped_column(Integer)
    same_as: Mapped[int | None] = mapped_column(Integer)
    key: Mapped[str | None] = mapped_column(String(64))
    outcome: Mapped[str] = mapped_column(String(8), nullable=False)
    title: Mapped[str] = mapped_column(String(MAX_TITLE), nullable=False)
    payload: Mapped[dict[str, Any]] = mapped_column(nullable=False)
    task_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("tasks.id", ondelete="SET NULL"))


class TaskOrigin(db.Base):
    """Which task the entry of a file became, so that a second import finds it, whatever was changed since. ``uid`` is
    its name in calendars, empty for entries that have none."""

    __tablename__ = "task_origins"
    __table_args__ = (Index("ix_task_origins_task_id", "task_id"),)

    space_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("spaces.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    task_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("tasks.id", ondelete="CASCADE"), nullable=False)
    uid: Mapped[str] = mapped_column(String(MAX_UID), nullable=False, default="")
