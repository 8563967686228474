"""What several verbs write the same way: checked values, a new row, the job that looks at a feed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from trackeep.bookmarks import service as bookmarks
from trackeep.core import clock, db, jobs
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import create_objects
from trackeep.feeds import rhythm
from trackeep.feeds.drafts import MOST_PER_CHECK, MOST_PER_DAY, Subscription, Treatment
from trackeep.feeds.errors import TooManyFeeds
from trackeep.feeds.models import KIND, MAX_TITLE, Feed
from trackeep.feeds.states import State
from trackeep.tags import service as tags

CHECK_JOB = "feeds.check"
SAVES = "bookmarks:write"
"""What a token needs beside ``feeds:write`` to have bookmarks saved."""
MAX_FEEDS = 5_000
MAX_TAGS = 20
MAX_TAG = 100


def checked_address(text: str) -> tuple[str, str]:
    """The address and its key; raises Invalid. ``feed:`` is how some sites spell the address of a feed."""
    url = text.strip()
    if url.lower().startswith("feed:"):
        rest = url[len("feed:") :]
        url = rest if rest.lower().startswith(("http:", "https:")) else f"https://{rest.lstrip('/')}"
    return bookmarks.page_key(url)


def checked_tags(names: Iterable[str]) -> list[str]:
    found: dict[str, str] = {}
    for name in (tags.clean_name(text) for text in names):
        if len(name) > MAX_TAG:
            raise Invalid(fields={"tags": [_("A tag can have %(limit)s characters at most.", limit=MAX_TAG)]})
        if name:
            found.setdefault(tags.folded_name(name), name)
    if len(found) > MAX_TAGS:
        raise Invalid(fields={"tags": [_("At most %(limit)s tags.", limit=MAX_TAGS)]})
    return list(found.values())


def checked_title(text: str) -> str:
    title = " ".join(text.split())
    if len(title) > MAX_TITLE:
        raise Invalid(fields={"title": [_("At most %(limit)s characters.", limit=MAX_TITLE)]})
    return title


def checked_limit(name: str, number: int) -> int:
    most = {"per_check": MOST_PER_CHECK, "per_day": MOST_PER_DAY}[name]
    if not 1 <= number <= most:
        raise Invalid(fields={name: [_("A number from 1 to %(limit)s.", limit=most)]})
    return number


def columns(wanted: Subscription) -> dict[str, Any]:
    """The columns that follow from a wish; raises Invalid."""
    url, url_key = checked_address(wanted.url)
    return {"url": url, "url_key": url_key, "own_title": checked_title(wanted.title), **treatment_columns(wanted)}


def treatment_columns(wanted: Treatment) -> dict[str, Any]:
    return {
        "collection_id": wanted.collection_id,
        "tags": checked_tags(wanted.tags),
        "unread": wanted.unread,
        "backlog": wanted.backlog.value,
        "per_check": checked_limit("per_check", wanted.per_check),
        "per_day": checked_limit("per_day", wanted.per_day),
    }


def insert_feeds(actor: Actor, space_id: int, rows: Sequence[dict[str, Any]], *, next_at: datetime) -> Sequence[int]:
    """Write new feeds inside the open unit of work, in which the space's turn was taken; raises TooManyFeeds."""
    session = db.session()
    here = select(func.count()).select_from(Feed).where(Feed.space_id == space_id, Feed.deleted_at.is_(None))
    if (session.scalar(here) or 0) + len(rows) > MAX_FEEDS:
        raise TooManyFeeds()
    ids = create_objects(KIND, space_id, actor, len(rows))
    common = {"space_id": space_id, "user_id": actor.require_user(), "next_at": next_at}
    fresh = {"state": State.ACTIVE.value, "interval": rhythm.FIRST, "title": ""}
    written = [{**common, **fresh, **row, "id": feed_id} for feed_id, row in zip(ids, rows, strict=True)]
    session.execute(insert(Feed), written)
    return ids


def enqueue_check(feed_id: int) -> None:
    """Look at this feed soon, once however often it is asked for."""
    arguments = {"feed_id": feed_id}
    jobs.enqueue(CHECK_JOB, arguments, unique_key=f"{CHECK_JOB}:{feed_id}", run_at=clock.now(), priority=-1)
