"""A page that somebody keeps."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Integer, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.bookmarks.models.indexes import having, live, view
from trackeep.core import db

KIND = "bookmark"
MAX_TITLE = 1_000
MAX_DESCRIPTION = 20_000
MAX_NOTES = 200_000
SORT_KEY = 80


class Bookmark(db.Base):
    """``url_key`` is the SHA-256 of the normalised address; a space has one live bookmark of a page.
    ``title_key`` is the folded beginning of the title, by which lists are sorted. ``canonical_key`` is the key of the
    address that the page itself goes by, ``loose_key`` is shared by addresses that look like one page, ``kept_apart``
    says that somebody knows better; ``broken`` is kept by the check of links, ``read_at`` is the moment in which
    ``unread`` was last turned off."""

    __tablename__ = "bookmarks"
    __table_args__ = (
        ForeignKeyConstraint(
            ["id", "space_id"],
            ["objects.id", "objects.space_id"],
            name="fk_bookmarks_object",
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        CheckConstraint("fetch_state IN ('pending', 'done', 'failed')", name="fetch_state"),
        live("uq_bookmarks_url", "space_id", "url_key", unique=True),
        live("ix_bookmarks_added", "space_id", "added_at", "id"),
        live("ix_bookmarks_title", "space_id", "title_key", "id"),
        live("ix_bookmarks_site", "space_id", "site", "added_at", "id", "deleted_at"),
        view("ix_bookmarks_current", "archived", also="NOT archived", also_sqlite="archived = 0"),
        view("ix_bookmarks_unread", "unread", "archived", "reading_minutes", also="unread", also_sqlite="unread = 1"),
        view("ix_bookmarks_favourite", "favourite", also="favourite", also_sqlite="favourite = 1"),
        view("ix_bookmarks_archived", "archived", also="archived", also_sqlite="archived = 1"),
        having("favicon_key", "ix_bookmarks_favicon", "site", "fetched_at"),
        live("ix_bookmarks_read", "space_id", "read_at", "deleted_at", also="read_at IS NOT NULL"),
        live("ix_bookmarks_read_added", "space_id", "added_at", "read_at", "deleted_at", also="read_at IS NOT NULL"),
        live(
            "ix_bookmarks_short",
            "space_id",
            "added_at",
            "id",
            also="unread AND NOT archived AND reading_minutes <= 5",
            also_sqlite="unread = 1 AND archived = 0 AND reading_minutes <= 5",
        ),
        view("ix_bookmarks_failed", "fetch_state", also="fetch_state = 'failed'"),
        view("ix_bookmarks_broken", "broken", also="broken", also_sqlite="broken = 1"),
        live("ix_bookmarks_canonical", "space_id", "canonical_key", "id", "kept_apart"),
        live("ix_bookmarks_loose", "space_id", "loose_key", "canonical_key", "id", "kept_apart"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    space_id: Mapped[int] = mapped_column(BigInteger, nullable=False)
    url: Mapped[str] = mapped_column(Text, nullable=False)
    url_key: Mapped[str] = mapped_column(String(64), nullable=False)
    site: Mapped[str] = mapped_column(String(255), nullable=False)
    title: Mapped[str] = mapped_column(String(MAX_TITLE), nullable=False)
    title_key: Mapped[str] = mapped_column(String(SORT_KEY), nullable=False)
    description: Mapped[str] = mapped_column(Text, nullable=False, default="")
    notes: Mapped[str] = mapped_column(Text, nullable=False, default="")
    author: Mapped[str] = mapped_column(String(200), nullable=False, default="")
    published_at: Mapped[datetime | None]
    unread: Mapped[bool] = mapped_column(nullable=False, default=False)
    favourite: Mapped[bool] = mapped_column(nullable=False, default=False)
    archived: Mapped[bool] = mapped_column(nullable=False, default=False)
    shared: Mapped[bool] = mapped_column(nullable=False, default=False)
    added_at: Mapped[datetime] = mapped_column(nullable=False)
    read_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    fetch_state: Mapped[str] = mapped_column(String(10), nullable=False, default="pending")
    fetch_error: Mapped[str | None] = mapped_column(String(300))
    fetched_at: Mapped[datetime | None]
    fetch_turn_at: Mapped[datetime | None]
    favicon_key: Mapped[str | None] = mapped_column(db.BlobKey)
    preview_key: Mapped[str | None] = mapped_column(db.BlobKey)
    language: Mapped[str] = mapped_column(String(20), nullable=False, default="")
    word_count: Mapped[int | None] = mapped_column(Integer)
    reading_minutes: Mapped[int | None] = mapped_column(Integer)
    broken: Mapped[bool] = mapped_column(nullable=False, default=False, server_default=false())
    canonical_key: Mapped[str | None] = mapped_column(String(64))
    loose_key: Mapped[str | None] = mapped_column(String(64))
    kept_apart: Mapped[bool] = mapped_column(nullable=False, default=False, server_default=false())
