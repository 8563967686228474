"""Reminders of a task, the comments on it, and who is mentioned in them."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db

MAX_COMMENT = 20_000
_WAITING = text("fired_at IS NULL")


class TaskReminder(db.Base):
    """``minutes_before`` is set when it goes with the due moment, and ``at`` then follows that.
    It is for the person who set it."""

    __tablename__ = "task_reminders"
    __table_args__ = (
        Index("ix_task_reminders_at", "at", "id", postgresql_where=_WAITING, sqlite_where=_WAITING),
        Index("ix_task_reminders_task_id", "task_id"),
        Index("ix_task_reminders_user_id", "user_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    task_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("tasks.id", ondelete="CASCADE"), nullable=False)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"), nullable=False)
    at: Mapped[datetime] = mapped_column(nullable=False)
    minutes_before: Mapped[int | None] = mapped_column(Integer)
    fired_at: Mapped[datetime | None]


class TaskComment(db.Base):
    """``body`` is Markdown as it was written."""

    __tablename__ = "task_comments"
    __table_args__ = (
        Index("ix_task_comments_task_id", "task_id", "id"),
        Index("ix_task_comments_author_id", "author_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    task_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("tasks.id", ondelete="CASCADE"), nullable=False)
    author_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    body: Mapped[str] = mapped_column(Text, nullable=False)
    created_at: Mapped[datetime] = mapped_column(nullable=False)
    edited_at: Mapped[datetime | None]


class TaskMention(db.Base):
    """A member of the space whose name stands in a comment."""

    __tablename__ = "task_mentions"
    __table_args__ = (Index("ix_task_mentions_user_id", "user_id"),)

    comment_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("task_comments.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    user_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
