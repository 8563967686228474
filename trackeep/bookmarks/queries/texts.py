"""The texts in which highlights have their places."""

from collections.abc import Collection, Mapping

from sqlalchemy import select

from trackeep.bookmarks.models import Article
from trackeep.core import db


def article_texts(bookmark_ids: Collection[int]) -> Mapping[int, str]:
    """The text of each of these pages that has an article. Whoever asks has looked who may read them."""
    if not bookmark_ids:
        return {}
    rows = db.rows(
        select(Article.bookmark_id, Article.text).where(db.is_one_of(Article.bookmark_id, list(bookmark_ids)))
    )
    return {row.bookmark_id: row.text for row in rows if row.text}
