"""What the background fetch found out about a page, or why it could not."""

from datetime import datetime

from sqlalchemy import select, update

from trackeep.bookmarks import queries, signals
from trackeep.bookmarks.models import MAX_DESCRIPTION, MAX_TITLE, Bookmark
from trackeep.bookmarks.service.rows import index_again, title_key
from trackeep.bookmarks.service.saving import FETCH_JOB
from trackeep.core import clock, db, jobs
from trackeep.core.actor import Actor
from trackeep.core.objects import touch_objects

MAX_REASON = 300


def refetch_bookmark(actor: Actor, bookmark_id: int) -> None:
    """Try the fetch again."""
    bookmark = queries.get_bookmark(actor, bookmark_id)
    actor.require_write(bookmark.space_id)
    with db.unit_of_work() as session:
        pending = {"fetch_state": "pending", "fetch_error": None}
        session.execute(update(Bookmark).where(Bookmark.id == bookmark_id).values(**pending))
        touch_objects([bookmark_id])
        jobs.enqueue(FETCH_JOB, {"bookmark_id": bookmark_id}, unique_key=f"{FETCH_JOB}:{bookmark_id}", priority=-5)


def store_metadata(
    bookmark_id: int,
    *,
    title: str = "",
    description: str = "",
    author: str = "",
    published_at: datetime | None = None,
    language: str = "",
    word_count: int | None = None,
    reading_minutes: int | None = None,
    favicon_key: str | None = None,
    preview_key: str | None = None,
) -> None:
    """Called by the fetch job. What a person wrote is never overwritten: title and description are only filled where
    they are empty. Nothing happens when the bookmark is gone."""
    with db.unit_of_work() as session:
        row = session.execute(
            select(Bookmark.title, Bookmark.description, Bookmark.url)
            .where(Bookmark.id == bookmark_id)
            .with_for_update()
        ).first()
        if row is None:
            return
        kept_title = row.title or " ".join(title.split())[:MAX_TITLE]
        values = {
            "title": kept_title,
            "title_key": title_key(kept_title, row.url),
            "description": row.description or description.strip()[:MAX_DESCRIPTION],
            "author": author[:200],
            "published_at": published_at,
            "language": language[:20],
            "word_count": word_count,
            "reading_minutes": reading_minutes,
            "favicon_key": favicon_key,
            "preview_key": preview_key,
            "fetch_state": "done",
            "fetch_error": None,
            "fetched_at": clock.now(),
        }
        session.execute(update(Bookmark).where(Bookmark.id == bookmark_id).values(**values))
        touch_objects([bookmark_id])
        index_again([bookmark_id])
        signals.bookmarks_changed.announce(ids=[bookmark_id])


def note_fetch_failure(bookmark_id: int, reason: str) -> None:
    """Keep why the page could not be fetched, in plain words; the person can try again."""
    with db.unit_of_work() as session:
        failed = {"fetch_state": "failed", "fetch_error": reason[:MAX_REASON], "fetched_at": clock.now()}
        session.execute(update(Bookmark).where(Bookmark.id == bookmark_id).values(**failed))
        touch_objects([bookmark_id])
