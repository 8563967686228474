"""How a person arranged the cards of their home page."""

from sqlalchemy import BigInteger, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db


class HomeCard(db.Base):
    """One card's place; a card without a row stands where its domain put it. The welcome has a row like a card."""

    __tablename__ = "home_cards"

    user_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, nullable=False)
    hidden: Mapped[bool] = mapped_column(nullable=False, default=False)
