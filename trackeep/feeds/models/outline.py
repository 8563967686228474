"""A list of feeds that was brought as a file and waits to be taken in."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db


class FeedOutline(db.Base):
    """``rows`` are the feeds of the file in its order; they are forgotten after a week."""

    __tablename__ = "feed_outlines"
    __table_args__ = (Index("ix_feed_outlines_user_id", "user_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"), nullable=False)
    space_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("spaces.id", ondelete="CASCADE"), nullable=False)
    file_name: Mapped[str] = mapped_column(String(200), nullable=False)
    rows: Mapped[list[dict[str, Any]]] = mapped_column(db.JsonDict, nullable=False)
    added: Mapped[int | None] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(nullable=False)
