"""Copies of pages at the web archive."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db


class ArchivedCopy(db.Base):
    """What is known of a page's copy at the web archive, and what is being asked there; ``url`` stays while it is asked
    again. ``source`` says whether the copy was found or made for us."""

    __tablename__ = "archived_copies"
    __table_args__ = (
        CheckConstraint("state IN ('looking', 'saving', 'found', 'none', 'failed')", name="state"),
        CheckConstraint("source IN ('', 'lookup', 'submission')", name="source"),
    )

    bookmark_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("bookmarks.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    state: Mapped[str] = mapped_column(String(10), nullable=False)
    url: Mapped[str | None] = mapped_column(Text)
    taken_at: Mapped[datetime | None]
    source: Mapped[str] = mapped_column(String(10), nullable=False, default="")
    error: Mapped[str | None] = mapped_column(String(300))
    asked_at: Mapped[datetime] = mapped_column(nullable=False)
