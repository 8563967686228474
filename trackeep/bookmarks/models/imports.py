"""Files that people brought, and the lines of their reports."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.bookmarks.models.bookmark import MAX_TITLE
from trackeep.core import db


class BookmarkImport(db.Base):
    """A file that somebody brought: looked through, then saved, perhaps taken back. ``blob_key`` names the file until
    it has been looked through, ``format`` is what its content turned out to be; ``counts`` is the number of rows by
    outcome; ``made`` holds the new collections."""

    __tablename__ = "bookmark_imports"
    __table_args__ = (
        CheckConstraint(
            "state IN ('checking', 'checked', 'running', 'done', 'undoing', 'undone', 'failed')", name="state"
        ),
        Index("ix_bookmark_imports_user_id_id", "user_id", "id"),
        Index("ix_bookmark_imports_created_at", "created_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"), nullable=False)
    space_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("spaces.id", ondelete="CASCADE"), nullable=False)
    file_name: Mapped[str] = mapped_column(String(200), nullable=False)
    format: Mapped[str] = mapped_column(String(20), nullable=False, default="netscape", server_default="netscape")
    blob_key: Mapped[str | None] = mapped_column(db.BlobKey)
    state: Mapped[str] = mapped_column(String(10), nullable=False, default="checking")
    total: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    saved: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    counts: Mapped[dict[str, Any]] = mapped_column(nullable=False, default=dict)
    made: Mapped[dict[str, Any]] = mapped_column(nullable=False, default=dict)
    share_public: Mapped[bool] = mapped_column(nullable=False, default=False)
    undo_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("undo_batches.id", ondelete="SET NULL"))
    error: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(nullable=False)
    finished_at: Mapped[datetime | None]


class BookmarkImportRow(db.Base):
    """One line of the report. ``number`` is the entry's place in the file, ``same_as`` that of the first entry with
    the same page, ``notes`` are codes of what was repaired or left out, ``payload`` what is saved beside the title."""

    __tablename__ = "bookmark_import_rows"
    __table_args__ = (
        Index("ix_bookmark_import_rows_outcome", "import_id", "outcome", "position"),
        Index("ix_bookmark_import_rows_same", "import_id", "same_as"),
    )

    import_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("bookmark_imports.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Integer, nullable=False)
    outcome: Mapped[str] = mapped_column(String(8), nullable=False)
    title: Mapped[str] = mapped_column(String(MAX_TITLE), nullable=False)
    url: Mapped[str] = mapped_column(Text, nullable=False)
    url_key: Mapped[str | None] = mapped_column(String(64))
    same_as: Mapped[int | None] = mapped_column(Integer)
    notes: Mapped[str] = mapped_column(String(300), nullable=False)
    payload: Mapped[dict[str, Any]] = mapped_column(nullable=False)
