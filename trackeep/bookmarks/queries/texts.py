"""The texts of articles: whole, as highlights have their places in them, or as much as rules look at."""

from collections.abc import Collection, Mapping

from sqlalchemy import func, select

from trackeep.bookmarks.models import Article
from trackeep.bookmarks.rules import LOOKED_AT
from trackeep.core import db

TEXTS_AT_ONCE = 100
"""Of so many pages the openings are held in memory together."""


def article_texts(bookmark_ids: Collection[int]) -> Mapping[int, str]:
    """The text of each of these pages that has an article. Whoever asks has looked who may read them."""
    if not bookmark_ids:
        return {}
    rows = db.rows(
        select(Article.bookmark_id, Article.text).where(db.is_one_of(Article.bookmark_id, list(bookmark_ids)))
    )
    return {row.bookmark_id: row.text for row in rows if row.text}


def article_openings(bookmark_ids: Collection[int]) -> Mapping[int, str]:
    """The same, but of each text only the 50,000 characters that rules look at: 200 KB at most, cut by the database."""
    opening = func.substr(Article.text, 1, LOOKED_AT).label("opening")
    query = select(Article.bookmark_id, opening).where(db.is_one_of(Article.bookmark_id, list(bookmark_ids)))
    return {row.bookmark_id: row.opening for row in db.rows(query) if row.opening}
