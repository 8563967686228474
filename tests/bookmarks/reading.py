"""Saved pages with an article, for tests of the reader."""

from sqlalchemy import delete, insert

from tests.bookmarks.articles.pages import WORDS
from trackeep.bookmarks import service
from trackeep.bookmarks.articles.plain import plain_text
from trackeep.bookmarks.drafts import Draft
from trackeep.bookmarks.models import Article
from trackeep.core import db
from trackeep.core.actor import Actor

HTML = f"<h2>Part one</h2><p>{WORDS}</p><p>A <strong>quernstone</strong> is rare.</p>"


def saved(actor: Actor, number: int = 1, space_id: int | None = None, **parts: object) -> int:
    given = {"url": f"https://example.org/{number}", "title": f"Page {number}", **parts}
    draft = Draft(**given)  # type: ignore[arg-type]  # parts are a draft's
    return service.save_bookmark(actor, space_id=space_id or actor.personal_space_id or 0, draft=draft)


def with_article(actor: Actor, number: int = 1, **parts: object) -> int:
    bookmark_id = saved(actor, number, None, **parts)
    values = {"state": "done", "html": HTML, "text": "Part one\nwords", "text_hash": "f" * 64, "reading_minutes": 4}
    with db.unit_of_work() as session:
        session.execute(insert(Article).values(bookmark_id=bookmark_id, **values))
    return bookmark_id


def put_article(bookmark_id: int, html: str) -> str:
    """The page has this article from now on, whatever it had. Answers its text."""
    drop_article(bookmark_id)
    text = plain_text(html)
    with db.unit_of_work() as session:
        session.execute(insert(Article).values(bookmark_id=bookmark_id, state="done", html=html, text=text))
    return text


def drop_article(bookmark_id: int) -> None:
    with db.unit_of_work() as session:
        session.execute(delete(Article).where(Article.bookmark_id == bookmark_id))
