"""How far each person has read, and how they like their pages set."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Double, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db


class ReadingProgress(db.Base):
    """``fraction`` is the place, 0 at the top and 1 at the end. ``finished_at`` is when the end was reached first."""

    __tablename__ = "reading_progress"
    __table_args__ = (
        CheckConstraint("fraction >= 0 AND fraction <= 1", name="fraction"),
        Index("ix_reading_progress_newest", "user_id", "updated_at"),
        Index("ix_reading_progress_bookmark_id", "bookmark_id"),
    )

    user_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    bookmark_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("bookmarks.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    fraction: Mapped[float] = mapped_column(Double, nullable=False)
    updated_at: Mapped[datetime] = mapped_column(nullable=False)
    finished_at: Mapped[datetime | None]


class ReaderSettings(db.Base):
    """A person without a row has the defaults of ``bookmarks/articles/looks.py``, which also names what is allowed."""

    __tablename__ = "reader_settings"

    user_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    font: Mapped[str] = mapped_column(String(10), nullable=False)
    size: Mapped[str] = mapped_column(String(10), nullable=False)
    width: Mapped[str] = mapped_column(String(10), nullable=False)
    line: Mapped[str] = mapped_column(String(10), nullable=False)
    theme: Mapped[str] = mapped_column(String(10), nullable=False)
    marks_read: Mapped[bool] = mapped_column(nullable=False)
