"""Passages that somebody has marked on a page."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.bookmarks.highlights import MAX_CONTEXT
from trackeep.bookmarks.models.indexes import live
from trackeep.core import db

HIGHLIGHT_KIND = "highlight"


class Highlight(db.Base):
    """``prefix`` and ``suffix`` stand around the quote; ``start_offset`` and ``end_offset`` count code points of the
    article's text and are null while the passage has not been looked for in one. ``quote_key`` is the SHA-256 of the
    quote's visible characters, by which an import knows what is there."""

    __tablename__ = "highlights"
    __table_args__ = (
        ForeignKeyConstraint(
            ["id", "space_id"],
            ["objects.id", "objects.space_id"],
            name="fk_highlights_object",
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        CheckConstraint("colour IN ('yellow', 'green', 'blue', 'pink', 'purple')", name="colour"),
        CheckConstraint("(start_offset IS NULL) = (end_offset IS NULL)", name="both_offsets"),
        live("ix_highlights_added", "space_id", "added_at", "id"),
        Index("ix_highlights_bookmark_id", "bookmark_id", "added_at", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    space_id: Mapped[int] = mapped_column(BigInteger, nullable=False)
    bookmark_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("bookmarks.id", ondelete="CASCADE"), nullable=False)
    quote: Mapped[str] = mapped_column(Text, nullable=False)
    quote_key: Mapped[str] = mapped_column(String(64), nullable=False)
    prefix: Mapped[str] = mapped_column(String(MAX_CONTEXT), nullable=False, default="")
    suffix: Mapped[str] = mapped_column(String(MAX_CONTEXT), nullable=False, default="")
    start_offset: Mapped[int | None] = mapped_column(Integer)
    end_offset: Mapped[int | None] = mapped_column(Integer)
    colour: Mapped[str] = mapped_column(String(10), nullable=False)
    note: Mapped[str] = mapped_column(Text, nullable=False, default="")
    added_at: Mapped[datetime] = mapped_column(nullable=False)
    deleted_at: Mapped[datetime | None]
