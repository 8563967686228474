"""What a note said at each save, in words or sealed."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db
from trackeep.notes.models.note import MAX_TITLE


class Kept:
    """What all versions have. The newest one is what the note says now; ``begun_at`` is the first and ``saved_at`` the
    last of the saves that are one version, ``size`` is in bytes."""

    note_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("notes.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    author_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    begun_at: Mapped[datetime] = mapped_column(nullable=False)
    saved_at: Mapped[datetime] = mapped_column(nullable=False)
    size: Mapped[int] = mapped_column(Integer, nullable=False)


class NoteVersion(Kept, db.Base):
    """``body`` is compressed."""

    __tablename__ = "note_versions"
    __table_args__ = (
        Index("ix_note_versions_saved_at", "saved_at"),
        Index("ix_note_versions_author_id", "author_id"),
    )

    title: Mapped[str] = mapped_column(String(MAX_TITLE), nullable=False)
    body: Mapped[bytes] = mapped_column(LargeBinary, nullable=False)


class SealedVersion(Kept, db.Base):
    """A sealed text and what a browser needs beside the passphrase to open it. ``passphrase`` counts the passphrases
    that the note has had: of which one this is, never which words."""

    __tablename__ = "note_sealed_versions"
    __table_args__ = (
        Index("ix_note_sealed_versions_saved_at", "saved_at"),
        Index("ix_note_sealed_versions_author_id", "author_id"),
    )

    passphrase: Mapped[int] = mapped_column(Integer, nullable=False)
    iterations: Mapped[int] = mapped_column(Integer, nullable=False)
    salt: Mapped[bytes] = mapped_column(LargeBinary, nullable=False)
    iv: Mapped[bytes] = mapped_column(LargeBinary, nullable=False)
    cipher_text: Mapped[bytes] = mapped_column(LargeBinary, nullable=False)
