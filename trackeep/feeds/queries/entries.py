"""The entries of a feed that were seen, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import literal, select, tuple_

from trackeep.bookmarks import service as bookmarks
from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.paging import Page, bounded_limit, decode_cursor, encode_cursor
from trackeep.feeds.models import FeedEntry
from trackeep.feeds.queries.items import get_feed


@dataclass(frozen=True, slots=True)
class EntryItem:
    """An entry; ``bookmark_id`` is None for one that has no bookmark, or one in the trash."""

    title: str
    url: str
    outcome: str
    published_at: datetime | None
    first_at: datetime
    bookmark_id: int | None


def feed_entries(actor: Actor, feed_id: int, *, cursor: str | None = None, limit: int = 50) -> Page[EntryItem]:
    get_feed(actor, feed_id)
    limit = bounded_limit(limit)
    place = (FeedEntry.first_at, FeedEntry.id_hash)
    shown_too = (FeedEntry.bookmark_id, FeedEntry.title, FeedEntry.url, FeedEntry.outcome, FeedEntry.published_at)
    query = select(*place, *shown_too).where(FeedEntry.feed_id == feed_id)
    if cursor:
        moment, last = _place(cursor)
        query = query.where(tuple_(*place) < tuple_(literal(moment, db.UtcDateTime()), literal(last)))
    rows = db.session().execute(query.order_by(*(column.desc() for column in place)).limit(limit + 1)).all()
    shown = rows[:limit]
    there = bookmarks.mentions(actor, [row.bookmark_id for row in shown if row.bookmark_id is not None])
    following = encode_cursor(shown[-1].first_at.isoformat(), shown[-1].id_hash) if len(rows) > limit else None
    return Page([_item(row, there) for row in shown], following)


def _item(row: db.AnyRow, there: Mapping[int, object]) -> EntryItem:
    live = row.bookmark_id if row.bookmark_id in there else None
    return EntryItem(row.title, row.url, row.outcome, row.published_at, row.first_at, live)


def _place(cursor: str) -> tuple[datetime, str]:
    moment, last = decode_cursor(cursor, (str, str))
    try:
        return datetime.fromisoformat(str(moment)).astimezone(UTC), str(last)
    except (ValueError, OverflowError) as error:
        raise Invalid(fields={"cursor": [_("This cursor does not belong to this list.")]}) from error
