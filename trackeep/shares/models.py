"""A link that shows one thing to whoever has it."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db


class ObjectShare(db.Base):
    """By the hash a visitor's token is found; sealed it is kept so that whoever made the link can copy it again, and
    no longer than until it is revoked. A visitor sees what ``created_by`` may publish at that moment."""

    __tablename__ = "object_shares"
    __table_args__ = (
        CheckConstraint("view_count >= 0 AND download_count >= 0", name="counts"),
        CheckConstraint("revoked_at IS NULL OR token_sealed = ''", name="revoked"),
        Index("ix_object_shares_object_id", "object_id", "id"),
        Index("ix_object_shares_created_by", "created_by", "id"),
        Index("ix_object_shares_revoked_at", "revoked_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    object_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("objects.id", ondelete="CASCADE"), nullable=False)
    created_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"), nullable=False)
    token_hash: Mapped[str] = mapped_column(String(64), nullable=False, unique=True)
    token_sealed: Mapped[str] = mapped_column(String(300), nullable=False)
    include_children: Mapped[bool] = mapped_column(nullable=False)
    allow_download: Mapped[bool] = mapped_column(nullable=False)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    expires_at: Mapped[datetime | None]
    view_count: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    download_count: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    last_viewed_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(nullable=False)
    revoked_at: Mapped[datetime | None]
