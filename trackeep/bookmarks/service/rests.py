"""Letting a bookmark rest that the home page reminds of."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import delete

from trackeep.bookmarks import queries
from trackeep.bookmarks.models import BookmarkRest
from trackeep.core import clock, db, versions
from trackeep.core.actor import Actor


def rest_until_tomorrow(actor: Actor, bookmark_id: int) -> None:
    """No reminder of it comes before the person's next midnight. Rests of earlier days are forgotten."""
    user_id = actor.require_user()
    bookmark = queries.get_bookmark(actor, bookmark_id)
    today: date = clock.now().astimezone(ZoneInfo(actor.time_zone)).date()
    with db.unit_of_work() as session:
        session.execute(delete(BookmarkRest).where(BookmarkRest.user_id == user_id, BookmarkRest.day < today))
        resting = db.upsert(BookmarkRest).values(user_id=user_id, bookmark_id=bookmark.id, day=today)
        keys = [BookmarkRest.user_id, BookmarkRest.bookmark_id]
        session.execute(resting.on_conflict_do_update(index_elements=keys, set_={"day": today}))
        versions.raise_versions(versions.user_scope(user_id))
