"""Lists that a person has put together and kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db

MAX_FILTER_NAME = 100


class TaskFilter(db.Base):
    """``definition`` is what ``filters.to_plain`` writes."""

    __tablename__ = "task_filters"
    __table_args__ = (Index("ix_task_filters_user_id", "user_id", "position", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"), nullable=False)
    name: Mapped[str] = mapped_column(String(MAX_FILTER_NAME), nullable=False)
    position: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    definition: Mapped[dict[str, Any]] = mapped_column(nullable=False)
    created_at: Mapped[datetime] = mapped_column(nullable=False)
