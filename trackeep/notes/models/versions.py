"""What a note said at each save."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db
from trackeep.notes.models.note import MAX_TITLE


class NoteVersion(db.Base):
    """The newest version is what the note says now. ``body`` is compressed; ``begun_at`` is the first and ``saved_at``
    the last of the saves that are one version."""

    __tablename__ = "note_versions"
    __table_args__ = (
        Index("ix_note_versions_saved_at", "saved_at"),
        Index("ix_note_versions_author_id", "author_id"),
    )

    note_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("notes.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    author_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    begun_at: Mapped[datetime] = mapped_column(nullable=False)
    saved_at: Mapped[datetime] = mapped_column(nullable=False)
    title: Mapped[str] = mapped_column(String(MAX_TITLE), nullable=False)
    size: Mapped[int] = mapped_column(Integer, nullable=False)
    body: Mapped[bytes] = mapped_column(LargeBinary, nullable=False)
