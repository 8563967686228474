"""What is found in a stored page: its article, or why there is none, and the article's pictures."""

from collections.abc import Mapping, Sequence

from sqlalchemy import case, delete, insert, select, update

from trackeep.bookmarks import queries, signals
from trackeep.bookmarks.articles.findings import FoundArticle, NoArticle
from trackeep.bookmarks.articles.pictures import KeptPicture
from trackeep.bookmarks.articles.sources import PageSource
from trackeep.bookmarks.models import MAX_ARTICLE_ERROR, Article, ArticlePicture, Bookmark
from trackeep.bookmarks.rules import Stage
from trackeep.bookmarks.service.fetching import refetch_bookmark
from trackeep.bookmarks.service.highlights import anchor_highlights
from trackeep.bookmarks.service.rows import index_again
from trackeep.bookmarks.service.rules import apply_rules
from trackeep.bookmarks.service.sources import enqueue_extraction
from trackeep.core import clock, db, jobs
from trackeep.core.actor import Actor
from trackeep.core.objects import take_turn, take_turn_with, touch_spaces_of

WAITING_JOB = "bookmarks.extract_waiting"
PICTURES_JOB = "bookmarks.fetch_pictures"
BATCH = 100


def article_source(bookmark_id: int) -> PageSource | None:
    """What is to be looked through; None when there is nothing to do."""
    waiting = (Article.bookmark_id == bookmark_id, Article.state == "pending", Article.source_key.is_not(None))
    query = select(Article.source_key, Article.source_url, Article.source_type).where(*waiting)
    row = db.session().execute(query).first()
    return None if row is None else PageSource(row.source_key or "", row.source_url, row.source_type)


def waiting_articles(after_id: int) -> Sequence[int]:
    """Bookmarks whose stored page was not looked through yet, in the order of their ids."""
    waiting = (Article.state == "pending", Article.source_key.is_not(None), Article.bookmark_id > after_id)
    return (
        db.session()
        .scalars(select(Article.bookmark_id).where(*waiting).order_by(Article.bookmark_id).limit(BATCH))
        .all()
    )


def enqueue_waiting(after_id: int) -> None:
    """Go on behind this bookmark, as a job of its own, so that others come in between."""
    with db.unit_of_work():
        jobs.enqueue(WAITING_JOB, {"after_id": after_id}, unique_key=f"{WAITING_JOB}:{after_id}", priority=5)


def store_article(bookmark_id: int, source: PageSource, found: FoundArticle) -> None:
    """Nothing happens when the bookmark is gone, or its page was fetched again meanwhile."""
    with db.unit_of_work() as session:
        take_turn_with([bookmark_id])
        if not _settle(bookmark_id, source, _columns(found)):
            return
        counts = {"word_count": found.word_count, "reading_minutes": found.reading_minutes}
        session.execute(update(Bookmark).where(Bookmark.id == bookmark_id).values(**counts))
        _note_pictures(bookmark_id, found.pictures)
        anchor_highlights(bookmark_id)
        apply_rules([bookmark_id], Stage.TEXT, {bookmark_id: found.text})
        _announce([bookmark_id])


def note_no_article(bookmark_id: int, source: PageSource, reason: NoArticle) -> None:
    """Keep why there is none. An article that was found before stays."""
    state = "failed" if reason.is_failure else "empty"
    values = {
        "state": case((Article.html != "", "done"), else_=state),
        "error": case((Article.html != "", None), else_=reason.words()[:MAX_ARTICLE_ERROR]),
        "extracted_at": clock.now(),
    }
    with db.unit_of_work():
        take_turn_with([bookmark_id])
        if _settle(bookmark_id, source, values):
            _announce([bookmark_id])


def missing_pictures(bookmark_id: int) -> Mapping[int, str]:
    """The pictures of an article that are not kept yet: number to address."""
    missing = (ArticlePicture.bookmark_id == bookmark_id, ArticlePicture.key.is_(None))
    query = select(ArticlePicture.number, ArticlePicture.url).where(*missing).order_by(ArticlePicture.number)
    return {row.number: row.url for row in db.session().execute(query)}


def store_pictures(bookmark_id: int, urls: Mapping[int, str], kept: Mapping[int, KeptPicture]) -> None:
    """``urls`` are those that were asked for: an article that was replaced meanwhile has others."""
    with db.unit_of_work() as session:
        for number, picture in kept.items():
            same = (
                ArticlePicture.bookmark_id == bookmark_id,
                ArticlePicture.number == number,
                ArticlePicture.url == urls[number],
            )
            values = {"key": picture.key, "width": picture.width, "height": picture.height}
            session.execute(update(ArticlePicture).where(*same).values(**values))


def retry_article(actor: Actor, bookmark_id: int) -> None:
    """Look through the stored page again, or fetch it when nothing of it is kept."""
    bookmark = queries.get_bookmark(actor, bookmark_id)
    actor.require_write(bookmark.space_id)
    with db.unit_of_work() as session:
        take_turn(bookmark.space_id)
        kept = (Article.bookmark_id == bookmark_id, Article.source_key.is_not(None))
        again = update(Article).where(*kept).values(state="pending", error=None).returning(Article.bookmark_id)
        if session.execute(again.execution_options(synchronize_session=False)).first() is None:
            refetch_bookmark(actor, bookmark_id)
        else:
            enqueue_extraction(bookmark_id, priority=-5)


def _settle(bookmark_id: int, source: PageSource, values: Mapping[str, object]) -> bool:
    """Whether this source was still the one to be looked through."""
    mine = (Article.bookmark_id == bookmark_id, Article.state == "pending", Article.source_key == source.key)
    settled = update(Article).where(*mine).values(**values).returning(Article.bookmark_id)
    return db.session().execute(settled.execution_options(synchronize_session=False)).first() is not None


def _columns(found: FoundArticle) -> dict[str, object]:
    return {
        "state": "done",
        "error": None,
        "html": found.html,
        "text": found.text,
        "text_hash": found.text_hash,
        "word_count": found.word_count,
        "reading_minutes": found.reading_minutes,
        "language": found.language[:20],
        "direction": found.direction,
        "extracted_at": clock.now(),
    }


def _note_pictures(bookmark_id: int, urls: Sequence[str]) -> None:
    """Those that were kept already need not be fetched again."""
    session = db.session()
    here = ArticlePicture.bookmark_id == bookmark_id
    query = select(ArticlePicture.url, ArticlePicture.key, ArticlePicture.width, ArticlePicture.height).where(here)
    known = {row.url: row for row in session.execute(query)}
    session.execute(delete(ArticlePicture).where(here))
    rows = [
        {
            "bookmark_id": bookmark_id,
            "number": number,
            "url": url,
            "key": known[url].key if url in known else None,
            "width": known[url].width if url in known else 0,
            "height": known[url].height if url in known else 0,
        }
        for number, url in enumerate(urls)
    ]
    if rows:
        session.execute(insert(ArticlePicture), rows)
        jobs.enqueue(PICTURES_JOB, {"bookmark_id": bookmark_id}, unique_key=f"{PICTURES_JOB}:{bookmark_id}")


def _announce(ids: Sequence[int]) -> None:
    index_again(ids)
    touch_spaces_of(ids)
    signals.bookmarks_changed.announce(ids=list(ids))
