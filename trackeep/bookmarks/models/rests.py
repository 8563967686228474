"""Bookmarks that somebody does not want to be reminded of today."""

from datetime import date

from sqlalchemy import BigInteger, Date, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db


class BookmarkRest(db.Base):
    """``day`` is the day in the person's time zone on which the bookmark rests."""

    __tablename__ = "bookmark_rests"

    user_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    bookmark_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("bookmarks.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    day: Mapped[date] = mapped_column(Date, nullable=False)
