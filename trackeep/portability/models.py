"""The archives that people asked for."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db

_MAKING = text("state = 'waiting'")


class Archive(db.Base):
    """Waiting until the job has made it. A person has at most one that waits."""

    __tablename__ = "archives"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'done', 'failed')", name="state"),
        Index("uq_archives_waiting", "user_id", unique=True, postgresql_where=_MAKING, sqlite_where=_MAKING),
        Index("ix_archives_user_id_id", "user_id", "id"),
        Index("ix_archives_expires_at", "expires_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"), nullable=False)
    state: Mapped[str] = mapped_column(String(8), nullable=False, default="waiting")
    blob_key: Mapped[str | None] = mapped_column(db.BlobKey)
    size: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(nullable=False)
    expires_at: Mapped[datetime] = mapped_column(nullable=False)
