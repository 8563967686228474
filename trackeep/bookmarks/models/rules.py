"""Rules that tag, collect and mark bookmarks by themselves, where they have acted, and their runs over a library."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db

MAX_RULE_NAME = 200
_LIVE = text("deleted_at IS NULL")
_RUNNING = text("state = 'running'")


class BookmarkRule(db.Base):
    """``conditions`` and ``actions`` are what ``rules.shapes`` writes and reads. ``stopped`` says why the rule was
    switched off by itself; ``hits`` counts the bookmarks on which it acted."""

    __tablename__ = "bookmark_rules"
    __table_args__ = (
        Index("ix_bookmark_rules_space", "space_id", "position", "id", postgresql_where=_LIVE, sqlite_where=_LIVE),
        Index("ix_bookmark_rules_deleted_at", "deleted_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    space_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("spaces.id", ondelete="CASCADE"), nullable=False)
    user_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(String(MAX_RULE_NAME), nullable=False, default="")
    position: Mapped[int] = mapped_column(Integer, nullable=False)
    enabled: Mapped[bool] = mapped_column(nullable=False, default=True)
    conditions: Mapped[dict[str, Any]] = mapped_column(nullable=False)
    actions: Mapped[dict[str, Any]] = mapped_column(nullable=False)
    stopped: Mapped[str | None] = mapped_column(String(10))
    hits: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    last_hit_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(nullable=False)
    updated_at: Mapped[datetime] = mapped_column(nullable=False)
    deleted_at: Mapped[datetime | None]


class BookmarkRuleAct(db.Base):
    """A rule acts by itself once on a bookmark and remembers it here, so that it never fights with the person who
    changes afterwards what it did."""

    __tablename__ = "bookmark_rule_acts"
    __table_args__ = (Index("ix_bookmark_rule_acts_rule_id", "rule_id"),)

    bookmark_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("bookmarks.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    rule_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("bookmark_rules.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )


class BookmarkRuleRun(db.Base):
    """One rule applied to what a library had already. ``last_id`` is the bookmark up to which it has come."""

    __tablename__ = "bookmark_rule_runs"
    __table_args__ = (
        CheckConstraint("state IN ('running', 'done', 'failed')", name="state"),
        Index("ix_bookmark_rule_runs_rule_id_id", "rule_id", "id"),
        Index(
            "uq_bookmark_rule_runs_running",
            "rule_id",
            unique=True,
            postgresql_where=_RUNNING,
            sqlite_where=_RUNNING,
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    rule_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("bookmark_rules.id", ondelete="CASCADE"), nullable=False
    )
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"), nullable=False)
    space_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("spaces.id", ondelete="CASCADE"), nullable=False)
    state: Mapped[str] = mapped_column(String(10), nullable=False, default="running")
    total: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    looked_at: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    matched: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    changed: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    last_id: Mapped[int] = mapped_column(BigInteger, nullable=False, default=0)
    undo_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("undo_batches.id", ondelete="SET NULL"))
    error: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(nullable=False)
    finished_at: Mapped[datetime | None]
