"""Which notes a note mentions by name."""

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db
from trackeep.notes.models.note import MAX_TITLE

MAX_CONTEXT = 300
_OPEN = text("target_id IS NULL")


class NoteLink(db.Base):
    """One link in the text of ``source_id``, the ``ordinal``-th. ``target_title`` is the name as it is written,
    ``target_key`` the folded one; ``target_id`` is the live note of the same space that it means, null while there is
    none. ``context`` is what stands around it in its ``line``. ``embedded`` is written with an exclamation mark."""

    __tablename__ = "note_links"
    __table_args__ = (
        Index("ix_note_links_target_id", "target_id", "source_id", "ordinal"),
        Index("ix_note_links_target_key", "space_id", "target_key"),
        Index(
            "ix_note_links_missing", "space_id", "target_key", "source_id", postgresql_where=_OPEN, sqlite_where=_OPEN
        ),
    )

    source_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("notes.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    ordinal: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    space_id: Mapped[int] = mapped_column(BigInteger, nullable=False)
    target_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("notes.id", ondelete="SET NULL"))
    target_key: Mapped[str] = mapped_column(String(MAX_TITLE), nullable=False)
    target_title: Mapped[str] = mapped_column(String(MAX_TITLE), nullable=False)
    heading: Mapped[str] = mapped_column(String(MAX_TITLE), nullable=False, default="")
    embedded: Mapped[bool] = mapped_column(nullable=False, default=False)
    line: Mapped[int] = mapped_column(Integer, nullable=False)
    context: Mapped[str] = mapped_column(String(MAX_CONTEXT), nullable=False, default="")
