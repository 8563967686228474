"""The texts in which highlights have their places, where articles are kept."""

from collections.abc import Collection, Mapping

from sqlalchemy import select

from trackeep.core import db

ARTICLES = "articles"


def article_texts(bookmark_ids: Collection[int]) -> Mapping[int, str]:
    """The text of each of these pages that has an article. Whoever asks has looked who may read them."""
    articles = db.Base.metadata.tables.get(ARTICLES)
    if articles is None or not bookmark_ids:
        return {}
    columns = articles.c
    query: db.AnySelect = select(columns.bookmark_id, columns.text).where(columns.bookmark_id.in_(list(bookmark_ids)))
    return {row.bookmark_id: row.text for row in db.rows(query) if row.text}
