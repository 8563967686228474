"""Spaces and who belongs to them."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db

KINDS = ("personal", "team", "conversation")
_PERSONAL = text("kind = 'personal'")


class Space(db.Base):
    __tablename__ = "spaces"
    __table_args__ = (
        CheckConstraint("kind IN ('personal', 'team', 'conversation')", name="kind"),
        Index("uq_spaces_personal", "created_by", unique=True, postgresql_where=_PERSONAL, sqlite_where=_PERSONAL),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), nullable=False)
    name: Mapped[str] = mapped_column(String(120), nullable=False)
    created_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(nullable=False)
    archived_at: Mapped[datetime | None]


class Membership(db.Base):
    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint("role IN ('owner', 'admin', 'member', 'viewer')", name="role"),
        Index("ix_memberships_user_id", "user_id"),
    )

    space_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("spaces.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    user_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    role: Mapped[str] = mapped_column(String(10), nullable=False)
    joined_at: Mapped[datetime] = mapped_column(nullable=False)
