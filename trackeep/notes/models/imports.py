"""Zip files of Markdown that people brought, and the lines of their reports."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db
from trackeep.notes.models.note import MAX_TITLE


class NoteImport(db.Base):
    """A file that somebody brought: looked through, then saved below ``parent_id`` or at the top, perhaps taken back.
    ``blob_key`` names the file until all of it is saved; ``counts`` is the number of rows by outcome."""

    __tablename__ = "note_imports"
    __table_args__ = (
        CheckConstraint(
            "state IN ('checking', 'checked', 'running', 'done', 'undoing', 'undone', 'failed')", name="state"
        ),
        Index("ix_note_imports_user_id_id", "user_id", "id"),
        Index("ix_note_imports_created_at", "created_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"), nullable=False)
    space_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("spaces.id", ondelete="CASCADE"), nullable=False)
    parent_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("notes.id", ondelete="SET NULL"))
    file_name: Mapped[str] = mapped_column(String(200), nullable=False)
    blob_key: Mapped[str | None] = mapped_column(db.BlobKey)
    state: Mapped[str] = mapped_column(String(10), nullable=False, default="checking")
    total: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    saved: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    counts: Mapped[dict[str, Any]] = mapped_column(nullable=False, default=dict)
    undo_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("undo_batches.id", ondelete="SET NULL"))
    error: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(nullable=False)
    finished_at: Mapped[datetime | None]


class NoteImportRow(db.Base):
    """One line of the report. ``number`` is the place of the file in the archive, 0 for a folder; ``place`` names a
    note by its folded path and ``above`` that of its folder; ``depth`` counts the folders. ``digest`` tells equal
    texts, ``remarks`` are codes. ``note_id`` is what the line became or met, ``home_id`` what those below it go
    under."""

    __tablename__ = "note_import_rows"
    __table_args__ = (
        Index("ix_note_import_rows_outcome", "import_id", "outcome", "depth", "position"),
        Index("ix_note_import_rows_place", "import_id", "place"),
        Index("ix_note_import_rows_note_id", "note_id"),
        Index("ix_note_import_rows_home_id", "home_id"),
    )

    import_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("note_imports.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Integer, nullable=False)
    depth: Mapped[int] = mapped_column(Integer, nullable=False)
    outcome: Mapped[str] = mapped_column(String(8), nullable=False)
    title: Mapped[str] = mapped_column(String(MAX_TITLE), nullable=False)
    path: Mapped[str] = mapped_column(Text, nullable=False)
    place: Mapped[str] = mapped_column(String(64), nullable=False)
    above: Mapped[str] = mapped_column(String(64), nullable=False)
    digest: Mapped[bytes] = mapped_column(LargeBinary, nullable=False)
    size: Mapped[int] = mapped_column(Integer, nullable=False)
    remarks: Mapped[str] = mapped_column(String(200), nullable=False)
    note_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("notes.id", ondelete="SET NULL"))
    home_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("notes.id", ondelete="SET NULL"))
