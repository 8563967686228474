"""A feed that a space is subscribed to, and the entries of it that were seen."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db

KIND = "feed"
MAX_TITLE = 300
MAX_ADDRESS = 8_000
MAX_ERROR = 300
_LIVE = text("deleted_at IS NULL")
_DATED = text("published_at IS NOT NULL")


class Feed(db.Base):
    """One subscription. ``user_id`` is whose right to save is used; without it, or when they may not write any more,
    the feed is paused. ``pruned_before`` is the newest date of an entry that was forgotten: older ones are not new."""

    __tablename__ = "feeds"
    __table_args__ = (
        ForeignKeyConstraint(
            ["id", "space_id"],
            ["objects.id", "objects.space_id"],
            name="fk_feeds_object",
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        CheckConstraint("state IN ('active', 'paused', 'failing', 'gone')", name="state"),
        CheckConstraint("backlog IN ('none', 'newest', 'all')", name="backlog"),
        Index("uq_feeds_url", "space_id", "url_key", unique=True, postgresql_where=_LIVE, sqlite_where=_LIVE),
        Index("ix_feeds_due", "state", "next_at", postgresql_where=_LIVE, sqlite_where=_LIVE),
        Index("ix_feeds_collection_id", "collection_id"),
        Index("ix_feeds_user_id", "user_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    space_id: Mapped[int] = mapped_column(BigInteger, nullable=False)
    user_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    url: Mapped[str] = mapped_column(Text, nullable=False)
    url_key: Mapped[str] = mapped_column(String(64), nullable=False)
    site_url: Mapped[str] = mapped_column(Text, nullable=False, default="")
    title: Mapped[str] = mapped_column(String(MAX_TITLE), nullable=False, default="")
    own_title: Mapped[str] = mapped_column(String(MAX_TITLE), nullable=False, default="")
    collection_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("collections.id", ondelete="SET NULL"))
    tags: Mapped[list[str]] = mapped_column(db.JsonDict, nullable=False)
    unread: Mapped[bool] = mapped_column(nullable=False, default=True)
    backlog: Mapped[str] = mapped_column(String(10), nullable=False)
    per_check: Mapped[int] = mapped_column(Integer, nullable=False)
    per_day: Mapped[int] = mapped_column(Integer, nullable=False)
    state: Mapped[str] = mapped_column(String(10), nullable=False)
    etag: Mapped[str] = mapped_column(String(1_000), nullable=False, default="")
    last_modified: Mapped[str] = mapped_column(String(200), nullable=False, default="")
    interval: Mapped[int] = mapped_column(Integer, nullable=False)
    next_at: Mapped[datetime] = mapped_column(nullable=False)
    turn_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    newest_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    error: Mapped[str | None] = mapped_column(String(MAX_ERROR))
    remark: Mapped[str] = mapped_column(String(20), nullable=False, default="")
    remark_count: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    moved_to: Mapped[str] = mapped_column(Text, nullable=False, default="")
    saved: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    pruned_before: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]


class FeedEntry(db.Base):
    """An entry that was seen: by the hash of its id, and by the key of its address. The first key decides between two
    runners which of them saves it."""

    __tablename__ = "feed_entries"
    __table_args__ = (
        CheckConstraint("outcome IN ('saved', 'known', 'passed')", name="outcome"),
        Index("ix_feed_entries_url_key", "feed_id", "url_key"),
        Index("ix_feed_entries_first_at", "feed_id", "first_at"),
        Index("ix_feed_entries_bookmark_id", "bookmark_id"),
        Index("ix_feed_entries_seen_at", "seen_at", postgresql_where=_DATED, sqlite_where=_DATED),
    )

    feed_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    url_key: Mapped[str | None] = mapped_column(String(64))
    url: Mapped[str] = mapped_column(Text, nullable=False, default="")
    title: Mapped[str] = mapped_column(String(MAX_TITLE), nullable=False, default="")
    outcome: Mapped[str] = mapped_column(String(10), nullable=False)
    bookmark_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("bookmarks.id", ondelete="SET NULL"))
    published_at: Mapped[datetime | None]
    first_at: Mapped[datetime] = mapped_column(nullable=False)
    seen_at: Mapped[datetime] = mapped_column(nullable=False)
