"""Copies of pages in one file: asked for by a person, made by a job, at most three kept of a bookmark."""

from sqlalchemy import delete, select, update

from trackeep.bookmarks import queries
from trackeep.bookmarks.liveness import Target
from trackeep.bookmarks.models import Bookmark, PageCopy
from trackeep.core import clock, db, jobs
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.objects import take_turn_with, touch_spaces_of

COPY_JOB = "bookmarks.copy_page"
KEPT = 3
MAX_REASON = 300


def request_copy(actor: Actor, bookmark_id: int) -> int:
    """Have the page copied; asked twice, it is copied once. Answers the copy's id."""
    bookmark = queries.get_bookmark(actor, bookmark_id)
    actor.require_write(bookmark.space_id)
    row = {"bookmark_id": bookmark_id, "state": "pending", "size": 0, "missing": 0, "taken_at": clock.now()}
    unfinished = (PageCopy.bookmark_id == bookmark_id, PageCopy.state != "done")
    with db.unit_of_work() as session:
        session.execute(db.upsert(PageCopy).values(row).on_conflict_do_nothing())
        again = update(PageCopy).where(*unfinished).values(state="pending", error=None).returning(PageCopy.id)
        copy_id = session.scalars(again.execution_options(synchronize_session=False)).one()
        jobs.enqueue(COPY_JOB, {"copy_id": copy_id}, unique_key=f"{COPY_JOB}:{copy_id}", priority=-5)
    return copy_id


def copy_target(copy_id: int) -> Target | None:
    """The page to be copied; None when nobody waits for it any more."""
    wanted = select(Bookmark.id, Bookmark.url).join(PageCopy, PageCopy.bookmark_id == Bookmark.id)
    row = (
        db.session()
        .execute(wanted.where(PageCopy.id == copy_id, PageCopy.state != "done", Bookmark.deleted_at.is_(None)))
        .first()
    )
    return None if row is None else Target(row.id, row.url)


def store_copy(copy_id: int, *, key: str, size: int, missing: int) -> None:
    """Keep the finished copy; the oldest goes when there are more than three."""
    done = {"state": "done", "blob_key": key, "size": size, "missing": missing, "error": None, "taken_at": clock.now()}
    with db.unit_of_work() as session:
        bookmark_id = _finish(copy_id, done)
        if bookmark_id is None:
            return
        finished = (PageCopy.bookmark_id == bookmark_id, PageCopy.state == "done")
        newest = session.scalars(select(PageCopy.id).where(*finished).order_by(PageCopy.id.desc()).limit(KEPT)).all()
        old = delete(PageCopy).where(*finished, PageCopy.id.not_in(newest))
        session.execute(old.execution_options(synchronize_session=False))


def note_copy_failure(copy_id: int, reason: str) -> None:
    with db.unit_of_work():
        _finish(copy_id, {"state": "failed", "error": reason[:MAX_REASON]})


def remove_copy(actor: Actor, bookmark_id: int, copy_id: int) -> None:
    """Forget a copy; its file goes with the next sweep."""
    bookmark = queries.get_bookmark(actor, bookmark_id)
    actor.require_write(bookmark.space_id)
    with db.unit_of_work() as session:
        take_turn_with([bookmark_id])
        gone = delete(PageCopy).where(PageCopy.id == copy_id, PageCopy.bookmark_id == bookmark_id)
        found = session.scalars(gone.returning(PageCopy.id).execution_options(synchronize_session=False)).all()
        if not found:
            raise NotFound()
        touch_spaces_of([bookmark_id])


def _finish(copy_id: int, values: dict[str, object]) -> int | None:
    change = update(PageCopy).where(PageCopy.id == copy_id, PageCopy.state != "done").values(**values)
    bookmark_id = db.session().scalar(
        change.returning(PageCopy.bookmark_id).execution_options(synchronize_session=False)
    )
    if bookmark_id is not None:
        touch_spaces_of([bookmark_id])
    return bookmark_id
