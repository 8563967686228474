"""Whether the pages of bookmarks are still there."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db

MAX_REASON = 300


class LinkCheck(db.Base):
    """What the visits to a page have seen; ``failures`` are those in a row, ``failed_at`` is the last that was counted.
    ``final_url`` is where redirects lead, ``permanent`` whether each of them calls itself that. Who checks a link moves
    ``next_at`` on before, so that an interrupted check is made again. ``ignored`` is a person's word that it is fine,
    ``asked`` that one waits for the check."""

    __tablename__ = "link_checks"
    __table_args__ = (
        CheckConstraint("state IN ('ok', 'redirected', 'broken', 'blocked', 'unreachable', 'unknown')", name="state"),
        Index("ix_link_checks_next_at", "next_at", "bookmark_id"),
        Index("ix_link_checks_state", "state", "ignored", "bookmark_id"),
    )

    bookmark_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("bookmarks.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    state: Mapped[str] = mapped_column(String(12), nullable=False, default="unknown")
    status: Mapped[int | None] = mapped_column(Integer)
    reason: Mapped[str] = mapped_column(String(MAX_REASON), nullable=False, default="")
    failures: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    failed_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    next_at: Mapped[datetime] = mapped_column(nullable=False)
    final_url: Mapped[str | None] = mapped_column(Text)
    permanent: Mapped[bool] = mapped_column(nullable=False, default=False)
    ignored: Mapped[bool] = mapped_column(nullable=False, default=False)
    asked: Mapped[bool] = mapped_column(nullable=False, default=False)
