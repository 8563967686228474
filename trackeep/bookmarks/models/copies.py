"""Copies of pages in one file each."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db

_UNFINISHED = text("state <> 'done'")


class PageCopy(db.Base):
    """``missing`` is the number of things in the page that could not be had. A bookmark has one
    copy that is not done."""

    __tablename__ = "page_copies"
    __table_args__ = (
        CheckConstraint("state IN ('pending', 'done', 'failed')", name="state"),
        Index("ix_page_copies_bookmark_id_id", "bookmark_id", "id"),
        Index(
            "uq_page_copies_unfinished",
            "bookmark_id",
            unique=True,
            postgresql_where=_UNFINISHED,
            sqlite_where=_UNFINISHED,
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    bookmark_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("bookmarks.id", ondelete="CASCADE"), nullable=False)
    state: Mapped[str] = mapped_column(String(10), nullable=False, default="pending")
    blob_key: Mapped[str | None] = mapped_column(db.BlobKey)
    size: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    missing: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    taken_at: Mapped[datetime] = mapped_column(nullable=False)
    error: Mapped[str | None] = mapped_column(String(300))
