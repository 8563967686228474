"""Collections, and which bookmarks are in them."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.bookmarks.models.indexes import live
from trackeep.core import db

COLLECTION_KIND = "collection"


class Collection(db.Base):
    """A folder of bookmarks; ``folded`` is unique among its siblings."""

    __tablename__ = "collections"
    __table_args__ = (
        ForeignKeyConstraint(
            ["id", "space_id"],
            ["objects.id", "objects.space_id"],
            name="fk_collections_object",
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        live("uq_collections_root", "space_id", "folded", unique=True, also="parent_id IS NULL"),
        live("uq_collections_child", "parent_id", "folded", unique=True, also="parent_id IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    space_id: Mapped[int] = mapped_column(BigInteger, nullable=False)
    parent_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("collections.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200), nullable=False)
    folded: Mapped[str] = mapped_column(String(200), nullable=False)
    position: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    deleted_at: Mapped[datetime | None]


class CollectionItem(db.Base):
    """A bookmark may be in several collections, all of its own space."""

    __tablename__ = "collection_items"
    __table_args__ = (Index("ix_collection_items_bookmark_id", "bookmark_id"),)

    collection_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("collections.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    bookmark_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("bookmarks.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
