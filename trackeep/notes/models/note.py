"""A note: its place in the tree, its state, its text."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Text,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db
from trackeep.notes.models.indexes import live

KIND = "note"
MAX_TITLE = 300
MAX_EXCERPT = 240


class Note(db.Base):
    """``title_key`` is the folded title, by which links find the note and lists are sorted. ``changed_at`` is when
    title or text last changed; marks and moves leave it. ``is_draft`` keeps it from those who may only read in its
    space. ``daily_on`` and ``daily_by`` say whose note of which day it is. A note with ``sealed``, which only the
    browser of somebody with the passphrase can open, has no ``body``. The text stands last, so that lists never read
    past it."""

    __tablename__ = "notes"
    __table_args__ = (
        ForeignKeyConstraint(
            ["id", "space_id"],
            ["objects.id", "objects.space_id"],
            name="fk_notes_object",
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        CheckConstraint("NOT encrypted OR body = ''", name="sealed_or_plain"),
        live("uq_notes_daily", "space_id", "daily_by", "daily_on", unique=True, also="daily_on IS NOT NULL"),
        live("ix_notes_children", "parent_id", "position", "id", also="parent_id IS NOT NULL"),
        live("ix_notes_roots", "space_id", "position", "id", also="parent_id IS NULL"),
        live("ix_notes_changed", "space_id", "changed_at", "id"),
        live("ix_notes_title", "space_id", "title_key", "id"),
        live("ix_notes_pinned", "space_id", "changed_at", "id", also="pinned", also_sqlite="pinned = 1"),
        live("ix_notes_templates", "space_id", "changed_at", "id", also="is_template", also_sqlite="is_template = 1"),
        live("ix_notes_drafts", "space_id", "changed_at", "id", also="is_draft", also_sqlite="is_draft = 1"),
        Index("ix_notes_parent_id", "parent_id"),
        Index("ix_notes_daily_by", "daily_by"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    space_id: Mapped[int] = mapped_column(BigInteger, nullable=False)
    parent_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("notes.id", ondelete="SET NULL"))
    position: Mapped[int] = mapped_column(BigInteger, nullable=False)
    title: Mapped[str] = mapped_column(String(MAX_TITLE), nullable=False)
    title_key: Mapped[str] = mapped_column(String(MAX_TITLE), nullable=False)
    excerpt: Mapped[str] = mapped_column(String(MAX_EXCERPT), nullable=False, default="")
    size: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    pinned: Mapped[bool] = mapped_column(nullable=False, default=False)
    is_template: Mapped[bool] = mapped_column(nullable=False, default=False)
    is_draft: Mapped[bool] = mapped_column(nullable=False, default=False, server_default=false())
    daily_on: Mapped[date | None]
    daily_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    encrypted: Mapped[bool] = mapped_column(nullable=False, default=False)
    changed_at: Mapped[datetime] = mapped_column(nullable=False)
    deleted_at: Mapped[datetime | None]
    body: Mapped[str] = mapped_column(Text, nullable=False, default="")
    sealed: Mapped[dict[str, Any] | None]
