"""The source of a page as it was fetched, and the article that was found in it."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db

MAX_ARTICLE_ERROR = 300
_WAITING = text("state = 'pending'")


class Article(db.Base):
    """``source_key`` is the page, compressed by zstd. ``html`` is sanitised; its pictures are named
    ``picture:<number>``, which the pages turn into addresses. ``text_hash`` is the SHA-256 of ``text``: whoever marks
    passages can tell by it whether the text is still the one that was marked. While a newer source is looked through,
    or when nothing is found in it, the former article stays."""

    __tablename__ = "articles"
    __table_args__ = (
        CheckConstraint("state IN ('pending', 'done', 'empty', 'failed')", name="state"),
        CheckConstraint("direction IN ('ltr', 'rtl')", name="direction"),
        Index("ix_articles_pending", "bookmark_id", postgresql_where=_WAITING, sqlite_where=_WAITING),
        Index("ix_articles_source_key", "source_key"),
    )

    bookmark_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("bookmarks.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    state: Mapped[str] = mapped_column(String(10), nullable=False, default="pending")
    error: Mapped[str | None] = mapped_column(String(MAX_ARTICLE_ERROR))
    source_key: Mapped[str | None] = mapped_column(db.BlobKey)
    source_url: Mapped[str] = mapped_column(Text, nullable=False, default="")
    source_type: Mapped[str] = mapped_column(String(200), nullable=False, default="")
    html: Mapped[str] = mapped_column(Text, nullable=False, default="")
    text: Mapped[str] = mapped_column(Text, nullable=False, default="")
    text_hash: Mapped[str] = mapped_column(String(64), nullable=False, default="")
    word_count: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    reading_minutes: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    language: Mapped[str] = mapped_column(String(20), nullable=False, default="")
    direction: Mapped[str] = mapped_column(String(3), nullable=False, default="ltr")
    extracted_at: Mapped[datetime | None]


class ArticlePicture(db.Base):
    """A picture that stands in an article as ``picture:<number>``. It is fetched after the article was found and drawn
    anew; while it has no ``key`` the article is shown without it. Only whoever may see the bookmark gets it."""

    __tablename__ = "article_pictures"
    __table_args__ = (Index("ix_article_pictures_key", "key"),)

    bookmark_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("articles.bookmark_id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    url: Mapped[str] = mapped_column(Text, nullable=False)
    key: Mapped[str | None] = mapped_column(db.BlobKey)
    width: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    height: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
