"""Subscribing to feeds, changing what becomes of their entries, leaving them and coming back."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from trackeep.bookmarks import service as bookmarks
from trackeep.core import clock, db, politeness
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.objects import (
    purge_objects,
    restore_objects,
    take_turn,
    take_turn_with,
    touch_objects,
    trash_objects,
)
from trackeep.feeds import fetching, queries
from trackeep.feeds.addresses import host_of
from trackeep.feeds.drafts import FeedChanges, Subscription
from trackeep.feeds.errors import AlreadySubscribed, NoFeedThere
from trackeep.feeds.fetching import Look, Trouble
from trackeep.feeds.models import Feed
from trackeep.feeds.service.looks import looks
from trackeep.feeds.service.rows import (
    SAVES,
    checked_address,
    checked_limit,
    checked_tags,
    checked_title,
    columns,
    enqueue_check,
    insert_feeds,
)
from trackeep.feeds.states import State


def look_ahead(actor: Actor, url: str) -> Look:
    """What a feed holds, or a site's feeds, before anybody subscribes; raises NoFeedThere with the reason. The visit
    is a person's own, so it does not wait for its turn at the host, but takes one; a person has a few at once, or
    TooManyLooks is raised."""
    user_id = actor.require_user()
    address, _key = checked_address(url)
    with looks.of(user_id):
        politeness.take_turn(host_of(address))
        try:
            return fetching.find(address)
        except Trouble as trouble:
            raise NoFeedThere(fields={"url": [str(trouble.reason)]}) from trouble


def subscribe(actor: Actor, space_id: int, wanted: Subscription) -> int:
    """The first look follows in the background. What it saves are bookmarks, so a token must be one that writes them.
    Raises AlreadySubscribed, decided by the database, and Invalid."""
    actor.require_write(space_id)
    actor.require_scope(SAVES)
    values = columns(wanted)
    try:
        with db.attempt():
            take_turn(space_id)
            bookmarks.check_collections(space_id, [wanted.collection_id] if wanted.collection_id else [])
            feed_id = insert_feeds(actor, space_id, [values], next_at=clock.now())[0]
            enqueue_check(feed_id)
    except IntegrityError as error:
        existing = queries.feed_at(actor, space_id, values["url_key"])
        if existing is None:
            raise
        raise AlreadySubscribed(existing_id=existing) from error
    return feed_id


def edit_feed(actor: Actor, feed_id: int, changes: FeedChanges) -> None:
    """Entries that were saved stay as they are."""
    feed = queries.get_feed(actor, feed_id)
    actor.require_write(feed.space_id)
    actor.require_scope(SAVES)
    values: dict[str, Any] = {}
    if changes.title is not None:
        values["own_title"] = checked_title(changes.title)
    if changes.tags is not None:
        values["tags"] = checked_tags(changes.tags)
    if changes.unread is not None:
        values["unread"] = changes.unread
    if changes.sorts:
        values["collection_id"] = changes.collection_id
    limits = {"per_check": changes.per_check, "per_day": changes.per_day}
    values |= {name: checked_limit(name, number) for name, number in limits.items() if number is not None}
    with db.unit_of_work():
        take_turn(feed.space_id)
        if changes.sorts and changes.collection_id is not None:
            bookmarks.check_collections(feed.space_id, [changes.collection_id])
        _change(feed_id, values)


def pause_feed(actor: Actor, feed_id: int) -> None:
    """Nobody looks at it until it is resumed."""
    feed = queries.get_feed(actor, feed_id)
    actor.require_write(feed.space_id)
    with db.unit_of_work():
        take_turn(feed.space_id)
        _change(feed_id, {"state": State.PAUSED.value})


def resume_feed(actor: Actor, feed_id: int) -> None:
    """Look at it again, at once and from now on in the name of whoever asks; also for one that was given up."""
    feed = queries.get_feed(actor, feed_id)
    actor.require_write(feed.space_id)
    actor.require_scope(SAVES)
    with db.unit_of_work():
        take_turn(feed.space_id)
        fresh = {"state": State.ACTIVE.value, "user_id": actor.require_user(), "failures": 0, "error": None}
        _change(feed_id, {**fresh, "next_at": clock.now()})
        enqueue_check(feed_id)


def check_now(actor: Actor, feed_id: int) -> None:
    """Look at it soon, without waiting for its time. A feed that is paused or has ended is resumed by that."""
    feed = queries.get_feed(actor, feed_id)
    if feed.state in (State.PAUSED, State.GONE):
        resume_feed(actor, feed_id)
        return
    actor.require_write(feed.space_id)
    with db.unit_of_work():
        enqueue_check(feed_id)


def unsubscribe(actor: Actor, feed_id: int) -> None:
    """The feed goes to the trash, what it brought stays."""
    feed = queries.get_feed(actor, feed_id)
    actor.require_write(feed.space_id)
    with db.unit_of_work() as session:
        take_turn(feed.space_id)
        session.execute(update(Feed).where(Feed.id == feed_id).values(deleted_at=clock.now()))
        trash_objects([feed_id])


def restore_feeds(actor: Actor, feed_ids: Iterable[int]) -> int:
    """Bring back from the trash, but for those that the space is subscribed to again since."""
    with db.unit_of_work() as session:
        rows = _trashed(actor, feed_ids)
        ids = [row.id for row in rows if queries.feed_at(actor, row.space_id, row.url_key) is None]
        # Of two with one address only the one that was left last comes back.
        newest = {row.url_key: row.id for row in rows if row.id in ids}
        back = sorted(newest.values())
        if back:
            again = {"deleted_at": None, "next_at": clock.now()}
            session.execute(update(Feed).where(Feed.id.in_(back)).values(**again))
            restore_objects(back)
    return len(back)


def purge_feeds(actor: Actor, feed_ids: Iterable[int]) -> int:
    """Delete for good what is in the trash; the bookmarks stay."""
    with db.unit_of_work():
        ids = [row.id for row in _trashed(actor, feed_ids)]
        purge_objects(ids)
    return len(ids)


def _trashed(actor: Actor, feed_ids: Iterable[int]) -> list[db.AnyRow]:
    """Rows of these feeds that lie in the trash. Raises NotFound for one that is not the actor's to see, and Forbidden
    for a viewer's."""
    wanted = set(feed_ids)
    take_turn_with(wanted)
    asked = select(Feed.id, Feed.space_id, Feed.url_key, Feed.deleted_at).where(Feed.id.in_(wanted))
    rows = list(db.session().execute(asked.order_by(Feed.deleted_at, Feed.id)))
    if len(rows) != len(wanted):
        raise NotFound()
    for space_id in {row.space_id for row in rows}:
        actor.require_write(space_id)
    return [row for row in rows if row.deleted_at is not None]


def _change(feed_id: int, values: dict[str, Any]) -> None:
    if values:
        db.session().execute(update(Feed).where(Feed.id == feed_id, Feed.deleted_at.is_(None)).values(**values))
        touch_objects([feed_id])
