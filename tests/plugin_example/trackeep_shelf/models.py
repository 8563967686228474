"""The table of books on somebody's shelf."""

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db


class ShelfBook(db.Base):
    """One printed book."""

    __tablename__ = "shelf_books"

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(200), nullable=False)
