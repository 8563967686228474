"""Feeds as lists, pages and the API show them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, literal, select, tuple_

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.i18n import Text
from trackeep.core.paging import Page, bounded_limit, decode_cursor, encode_cursor
from trackeep.feeds.addresses import shown_site
from trackeep.feeds.models import Feed
from trackeep.feeds.remarks import remark_words
from trackeep.feeds.states import Remark, State


@dataclass(frozen=True, slots=True)
class FeedItem:
    """A feed as its space sees it. ``interval`` is in seconds, ``saved`` counts the bookmarks that it brought."""

    id: int
    space_id: int
    user_id: int | None
    url: str
    site_url: str
    feed_title: str
    own_title: str
    collection_id: int | None
    tags: Sequence[str]
    unread: bool
    backlog: str
    per_check: int
    per_day: int
    state: str
    interval: int
    next_at: datetime
    checked_at: datetime | None
    newest_at: datetime | None
    failures: int
    error: str | None
    remark: str
    remark_count: int
    saved: int

    @property
    def title(self) -> str:
        return self.own_title or self.feed_title or self.site

    @property
    def site(self) -> str:
        return shown_site(self.site_url or self.url)

    @property
    def is_new(self) -> bool:
        """Whether its first look is still to come."""
        return self.checked_at is None and self.state == State.ACTIVE

    @property
    def is_looked_at(self) -> bool:
        return self.state in (State.ACTIVE, State.FAILING)

    @property
    def note(self) -> Text:
        """What is odd about it, in a sentence; empty when nothing is."""
        return remark_words(Remark(self.remark), self.remark_count)


COLUMNS = (
    Feed.id,
    Feed.space_id,
    Feed.user_id,
    Feed.url,
    Feed.site_url,
    Feed.title,
    Feed.own_title,
    Feed.collection_id,
    Feed.tags,
    Feed.unread,
    Feed.backlog,
    Feed.per_check,
    Feed.per_day,
    Feed.state,
    Feed.interval,
    Feed.next_at,
    Feed.checked_at,
    Feed.newest_at,
    Feed.failures,
    Feed.error,
    Feed.remark,
    Feed.remark_count,
    Feed.saved,
)
_ITEMS: db.AnySelect = select(*COLUMNS)
ALL_AT_ONCE = 5_000
# What needs somebody stands on top.
_ORDER = case((Feed.state == State.GONE.value, 0), (Feed.state == State.FAILING.value, 0), else_=1)


def get_feed(actor: Actor, feed_id: int) -> FeedItem:
    """Raises NotFound also for what is in the trash or not to be seen by the actor."""
    row = db.session().execute(_ITEMS.where(Feed.id == feed_id, *_mine(actor, None))).first()
    if row is None:
        raise NotFound()
    return FeedItem(*row)


def list_feeds(
    actor: Actor,
    space_id: int | None = None,
    *,
    state: State | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[FeedItem]:
    """Feeds that need attention first, then the newest subscription first. Raises NotFound for a space that the actor
    may not read."""
    if space_id is not None:
        actor.require_read(space_id)
    limit = bounded_limit(limit)
    query = _ITEMS.add_columns(_ORDER.label("place")).where(*_mine(actor, space_id))
    if state is not None:
        query = query.where(Feed.state == state.value)
    if cursor:
        place, last = decode_cursor(cursor, (int, int))
        query = query.where(tuple_(_ORDER, -Feed.id) > tuple_(literal(place), literal(-int(last or 0))))
    rows = db.session().execute(query.order_by(_ORDER, Feed.id.desc()).limit(limit + 1)).all()
    following = encode_cursor(rows[limit - 1].place, rows[limit - 1].id) if len(rows) > limit else None
    return Page([FeedItem(*row[: len(COLUMNS)]) for row in rows[:limit]], following)


def all_feeds(actor: Actor, space_id: int) -> Sequence[FeedItem]:
    """All of a space, for a file; a space has no more than that."""
    actor.require_read(space_id)
    rows = db.session().execute(_ITEMS.where(*_mine(actor, space_id)).order_by(Feed.id).limit(ALL_AT_ONCE))
    return [FeedItem(*row) for row in rows]


def feed_at(actor: Actor, space_id: int, url_key: str) -> int | None:
    """The feed of this address in the space."""
    return feeds_by_key(actor, space_id, [url_key]).get(url_key)


def feeds_by_key(actor: Actor, space_id: int, url_keys: Collection[str]) -> Mapping[str, int]:
    """Those of the addresses that the space is subscribed to."""
    actor.require_read(space_id)
    found = select(Feed.url_key, Feed.id).where(
        Feed.space_id == space_id, Feed.url_key.in_(url_keys), Feed.deleted_at.is_(None)
    )
    return {row.url_key: row.id for row in db.session().execute(found)}


def trashed_titles(actor: Actor, ids: Sequence[int]) -> Mapping[int, str]:
    """The titles of what lies in the trash."""
    mine = (Feed.id.in_(ids), Feed.space_id.in_(actor.readable_spaces))
    rows = db.session().execute(select(Feed.id, Feed.own_title, Feed.title, Feed.url).where(*mine))
    return {row.id: row.own_title or row.title or row.url for row in rows}


def _mine(actor: Actor, space_id: int | None) -> tuple[ColumnElement[bool], ...]:
    spaces = actor.readable_spaces if space_id is None else {space_id}
    return Feed.space_id.in_(spaces), Feed.deleted_at.is_(None)
