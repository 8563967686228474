"""Tags of a space, and which objects carry them."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db
from trackeep.tags import triggers

COLOURS = ("grey", "red", "orange", "amber", "green", "teal", "azure", "indigo", "violet", "pink")


class Tag(db.Base):
    """``folded`` is the name without case and accents: two spellings of one name are one tag. ``uses`` counts the
    objects outside of the trash that carry the tag, kept in the transaction of each change."""

    __tablename__ = "tags"
    __table_args__ = (
        UniqueConstraint("space_id", "folded"),
        UniqueConstraint("id", "space_id"),
        CheckConstraint("uses >= 0", name="uses"),
        Index("ix_tags_space_id_uses", "space_id", "uses"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    space_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("spaces.id", ondelete="CASCADE"), nullable=False)
    name: Mapped[str] = mapped_column(String(100), nullable=False)
    folded: Mapped[str] = mapped_column(String(100), nullable=False)
    colour: Mapped[str] = mapped_column(String(10), nullable=False, default="grey")
    uses: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    created_at: Mapped[datetime] = mapped_column(nullable=False)


class ObjectTag(db.Base):
    """The space is part of both keys: a thing can only carry tags of its own space."""

    __tablename__ = "object_tags"
    __table_args__ = (
        ForeignKeyConstraint(
            ["object_id", "space_id"],
            ["objects.id", "objects.space_id"],
            ondelete="CASCADE",
            name="fk_object_tags_object",
        ),
        ForeignKeyConstraint(
            ["tag_id", "space_id"], ["tags.id", "tags.space_id"], ondelete="CASCADE", name="fk_object_tags_tag"
        ),
        Index("ix_object_tags_tag_id", "tag_id", "object_id"),
    )

    object_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    tag_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    space_id: Mapped[int] = mapped_column(BigInteger, nullable=False)


db.define_after(ObjectTag.__table__, triggers.STATEMENTS, triggers.DROPPING)
