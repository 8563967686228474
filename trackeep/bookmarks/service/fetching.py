"""What the background fetch needs to know, found out about a page, or why it could not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from trackeep.bookmarks import queries, signals
from trackeep.bookmarks.fetching import PageFound
from trackeep.bookmarks.models import MAX_DESCRIPTION, MAX_TITLE, Bookmark
from trackeep.bookmarks.rules import Stage
from trackeep.bookmarks.sameness import page_key
from trackeep.bookmarks.service.rows import index_again, title_key
from trackeep.bookmarks.service.rules.acting import apply_rules
from trackeep.bookmarks.service.saving import FETCH_JOB
from trackeep.bookmarks.service.sources import keep_source
from trackeep.core import clock, db, jobs, undo
from trackeep.core.actor import Actor
from trackeep.core.objects import take_turn, take_turn_with, touch_objects, touch_spaces_of

MAX_REASON = 300
FAVICON_LIFE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class FetchTarget:
    """A page to be fetched; ``turn_at`` is the turn at its host that it was given."""

    url: str
    site: str
    turn_at: datetime | None


def fetch_target(bookmark_id: int) -> FetchTarget | None:
    """None when there is nothing to fetch: the bookmark is gone, in the trash, or done."""
    row = (
        db.session()
        .execute(
            select(Bookmark.url, Bookmark.site, Bookmark.fetch_turn_at).where(
                Bookmark.id == bookmark_id, Bookmark.deleted_at.is_(None), Bookmark.fetch_state != "done"
            )
        )
        .first()
    )
    return None if row is None else FetchTarget(row.url, row.site, row.fetch_turn_at)


def note_fetch_turn(bookmark_id: int, turn_at: datetime) -> None:
    """No change that anybody sees, so no version is raised."""
    with db.unit_of_work() as session:
        session.execute(update(Bookmark).where(Bookmark.id == bookmark_id).values(fetch_turn_at=turn_at))


def favicon_of_site(site: str) -> str | None:
    """The icon that another page of this site got lately, so that it need not be fetched again."""
    fresh = Bookmark.fetched_at > clock.now() - FAVICON_LIFE
    return db.session().scalar(
        select(Bookmark.favicon_key).where(Bookmark.site == site, Bookmark.favicon_key.is_not(None), fresh).limit(1)
    )


def refetch_bookmark(actor: Actor, bookmark_id: int) -> None:
    """Try the fetch again."""
    bookmark = queries.get_bookmark(actor, bookmark_id)
    actor.require_write(bookmark.space_id)
    with db.unit_of_work() as session:
        take_turn(bookmark.space_id)
        pending = {"fetch_state": "pending", "fetch_error": None}
        session.execute(update(Bookmark).where(Bookmark.id == bookmark_id).values(**pending))
        touch_spaces_of([bookmark_id])
        jobs.enqueue(FETCH_JOB, {"bookmark_id": bookmark_id}, unique_key=f"{FETCH_JOB}:{bookmark_id}", priority=-5)


def store_metadata(bookmark_id: int, found: PageFound) -> None:
    """What a person wrote is never overwritten: title and description are only filled where they are empty. Nothing
    happens when the bookmark is gone."""
    with db.unit_of_work() as session:
        take_turn_with([bookmark_id])
        row = session.execute(
            select(Bookmark.title, Bookmark.description, Bookmark.url, Bookmark.author, Bookmark.published_at)
            .where(Bookmark.id == bookmark_id)
            .with_for_update()
        ).first()
        if row is None:
            return
        columns = _columns(found, row)
        session.execute(update(Bookmark).where(Bookmark.id == bookmark_id).values(**columns))
        if (columns["title"], columns["description"]) == (row.title, row.description):
            touch_spaces_of([bookmark_id])
        else:
            touch_objects([bookmark_id])
            undo.follow([bookmark_id])
        index_again([bookmark_id])
        keep_source(bookmark_id, found.source)
        apply_rules([bookmark_id], Stage.FETCHED)
        signals.bookmarks_changed.announce(ids=[bookmark_id])


def note_fetch_failure(bookmark_id: int, reason: str) -> None:
    """Keep why the page could not be fetched, in plain words; the person can try again."""
    with db.unit_of_work() as session:
        take_turn_with([bookmark_id])
        failed = {"fetch_state": "failed", "fetch_error": reason[:MAX_REASON], "fetched_at": clock.now()}
        session.execute(update(Bookmark).where(Bookmark.id == bookmark_id).values(**failed))
        touch_spaces_of([bookmark_id])


def _columns(found: PageFound, row: db.AnyRow) -> dict[str, object]:
    page = found.page
    title = row.title or " ".join(page.title.split())[:MAX_TITLE]
    return {
        "title": title,
        "title_key": title_key(title, row.url),
        "description": row.description or page.description.strip()[:MAX_DESCRIPTION],
        "author": page.author[:200] or row.author,
        "published_at": page.published or row.published_at,
        "language": page.language[:20],
        "word_count": page.word_count or None,
        "reading_minutes": page.reading_minutes or None,
        "canonical_key": page_key(row.url, final_url=found.final_url, canonical_url=page.canonical_url),
        "favicon_key": found.favicon_key,
        "preview_key": found.preview_key,
        "fetch_state": "done",
        "fetch_error": None,
        "fetched_at": clock.now(),
    }
