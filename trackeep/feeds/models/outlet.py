"""A feed that goes out: a list of bookmarks at an address that nobody can guess."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db


class FeedOutlet(db.Base):
    """Of the secret only the hash is kept. Whoever knows it reads what ``user_id`` may read."""

    __tablename__ = "feed_outlets"
    __table_args__ = (
        CheckConstraint("kind IN ('all', 'unread', 'favourite', 'tag', 'collection', 'shared')", name="kind"),
        Index("ix_feed_outlets_user_id", "user_id"),
        Index("ix_feed_outlets_space_id", "space_id"),
        Index("ix_feed_outlets_collection_id", "collection_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"), nullable=False)
    space_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("spaces.id", ondelete="CASCADE"), nullable=False)
    secret_hash: Mapped[str] = mapped_column(String(64), nullable=False, unique=True)
    name: Mapped[str] = mapped_column(String(100), nullable=False)
    kind: Mapped[str] = mapped_column(String(12), nullable=False)
    tag: Mapped[str] = mapped_column(String(100), nullable=False, default="")
    collection_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("collections.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(nullable=False)
    last_used_at: Mapped[datetime | None]
