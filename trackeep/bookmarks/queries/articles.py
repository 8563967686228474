"""The article of a bookmark, as the reader and the API show it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from trackeep.bookmarks.articles.pictures import KeptPicture
from trackeep.bookmarks.models import Article, ArticlePicture
from trackeep.bookmarks.queries.items import BookmarkItem, get_bookmark
from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class ArticleItem:
    """``state`` is 'none' while the page was never kept. ``html`` has its pictures as numbered places; it may be there
    also while a newer source is looked through."""

    state: str
    error: str | None = None
    html: str = ""
    text: str = ""
    text_hash: str = ""
    word_count: int = 0
    reading_minutes: int = 0
    language: str = ""
    direction: str = "ltr"
    extracted_at: datetime | None = None
    pictures: Mapping[int, KeptPicture] = field(default_factory=dict)


_COLUMNS = (
    Article.state,
    Article.error,
    Article.html,
    Article.text_hash,
    Article.word_count,
    Article.reading_minutes,
    Article.language,
    Article.direction,
    Article.extracted_at,
)


def get_article(actor: Actor, bookmark_id: int, *, with_text: bool = False) -> tuple[BookmarkItem, ArticleItem]:
    """The bookmark and its article; raises NotFound for what the actor may not see. ``text`` is as long as the HTML,
    and stays empty unless it is asked for."""
    bookmark = get_bookmark(actor, bookmark_id)
    columns = (*_COLUMNS, Article.text) if with_text else _COLUMNS
    rows = db.rows(select(*columns).where(Article.bookmark_id == bookmark_id))
    if not rows:
        return bookmark, ArticleItem("none")
    pictures = _pictures(bookmark_id) if 'src="picture:' in rows[0].html else {}
    return bookmark, ArticleItem(**rows[0]._mapping, pictures=pictures)


def article_picture(actor: Actor, bookmark_id: int, number: int) -> str:
    """The key of one picture; raises NotFound."""
    get_bookmark(actor, bookmark_id)
    wanted = (ArticlePicture.bookmark_id == bookmark_id, ArticlePicture.number == number)
    key = db.session().scalar(select(ArticlePicture.key).where(*wanted))
    if key is None:
        raise NotFound()
    return key


def _pictures(bookmark_id: int) -> dict[int, KeptPicture]:
    kept = (ArticlePicture.bookmark_id == bookmark_id, ArticlePicture.key.is_not(None))
    query = select(ArticlePicture.number, ArticlePicture.key, ArticlePicture.width, ArticlePicture.height).where(*kept)
    return {row.number: KeptPicture(row.key, row.width, row.height) for row in db.rows(query)}
