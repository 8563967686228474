"""Looking at feeds in the background: which ones are due, what a look brought, why it brought nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from trackeep.bookmarks import service as bookmarks
from trackeep.core import clock, db, jobs
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import take_turn
from trackeep.core.slots import slots
from trackeep.feeds import rhythm
from trackeep.feeds.fetching import Look, Trouble
from trackeep.feeds.models import MAX_ERROR, Feed, FeedEntry
from trackeep.feeds.parsing import ParsedFeed
from trackeep.feeds.service.rows import CHECK_JOB
from trackeep.feeds.sifting import Candidate, Memory, Sifted, id_hash, sift
from trackeep.feeds.states import Backlog, Outcome, Remark, State

DAY = timedelta(days=1)
KEPT = timedelta(days=180)
ONE_LOOK = timedelta(seconds=1)
"""Entries of one look are noted a millionth of a second apart, in their order."""
AT_ONCE = 200
STEP = 500
BATCHES = 20
_LOOKED_AT = (State.ACTIVE.value, State.FAILING.value)


@dataclass(frozen=True, slots=True)
class Target:
    """A feed to be looked at; ``is_first`` says that nothing was ever read of it, so that its address may be that of a
    site; ``turn_at`` is the turn at its host that it was given."""

    url: str
    etag: str
    last_modified: str
    is_first: bool
    turn_at: datetime | None


def enqueue_due() -> None:
    """Let the feeds whose time has come be looked at. Their next time is set right after the look; until then it is
    moved on, so that one whose look fails in a way nobody foresaw is not tried again every minute."""
    now = clock.now()
    due = (Feed.state.in_(_LOOKED_AT), Feed.next_at <= now, Feed.deleted_at.is_(None))
    with db.unit_of_work() as session:
        ids = session.scalars(select(Feed.id).where(*due).order_by(Feed.next_at).limit(AT_ONCE)).all()
        if ids:
            moved = update(Feed).where(Feed.id.in_(ids)).values(next_at=now + timedelta(seconds=rhythm.FIRST))
            session.execute(moved.execution_options(synchronize_session=False))
            keys: list[str | None] = [f"{CHECK_JOB}:{feed_id}" for feed_id in ids]
            jobs.enqueue_many(CHECK_JOB, [{"feed_id": feed_id} for feed_id in ids], unique_keys=keys, priority=5)


def begin_check(feed_id: int) -> Target | None:
    """None when there is nothing to look at: the feed is gone, paused or in the trash."""
    wanted = (Feed.url, Feed.etag, Feed.last_modified, Feed.checked_at, Feed.turn_at)
    live = (Feed.id == feed_id, Feed.state.in_(_LOOKED_AT), Feed.deleted_at.is_(None))
    row = db.session().execute(select(*wanted).where(*live)).first()
    if row is None:
        return None
    return Target(row.url, row.etag, row.last_modified, row.checked_at is None, row.turn_at)


def note_turn(feed_id: int, turn_at: datetime) -> None:
    with db.unit_of_work() as session:
        session.execute(update(Feed).where(Feed.id == feed_id).values(turn_at=turn_at))


def note_trouble(feed_id: int, trouble: Trouble) -> None:
    """Keep why there was nothing to read, in plain words, and try again later and later."""
    with db.unit_of_work() as session:
        feed = _locked(feed_id)
        if feed is None:
            return
        failures = feed.failures + 1
        pause = rhythm.after_failure(feed.interval, failures, trouble.wait)
        values = {
            "state": State.GONE.value if trouble.ended else State.FAILING.value,
            "failures": failures,
            "error": str(trouble.reason)[:MAX_ERROR],
            "next_at": clock.now() + timedelta(seconds=pause),
        }
        session.execute(update(Feed).where(Feed.id == feed_id).values(**values))


def take_in(feed_id: int, look: Look) -> int:
    """Save what is new, and note what was seen; answers how many bookmarks were saved. All of it is one unit of work
    that holds the feed's row, so that two runners come one after the other and the second finds nothing new."""
    with db.unit_of_work() as session:
        feed = _locked(feed_id)
        if feed is None:
            return 0
        actor = slots.actor_of(feed.user_id) if feed.user_id is not None else None
        if actor is None or not actor.can_write(feed.space_id):
            words = _("Whoever subscribed may not save here any more. Resume it to have it saved in your name.")
            session.execute(update(Feed).where(Feed.id == feed_id).values(state=State.PAUSED.value, error=words))
            return 0
        values, saved = _unchanged(feed), 0
        if look.feed is not None:
            sifted = _sifted(feed, look.feed)
            saved = _save(actor, feed, sifted)
            values |= _read(feed, look.feed, sifted, look)
        values |= _moved(feed, look)
        dates = [entry.published for entry in look.feed.entries if entry.published] if look.feed else []
        now, current = clock.now(), feed.interval
        pause = rhythm.next_interval(current, new=saved, dates=dates, now=now, asked=look.pause)
        values |= {"interval": pause, "next_at": now + timedelta(seconds=pause), "saved": feed.saved + saved}
        session.execute(update(Feed).where(Feed.id == feed_id).values(**values))
    return saved


def prune_entries() -> None:
    """Forget entries that their feeds have not shown for half a year, and remember the newest date among them for each
    feed: what is not newer is not new. Entries without a date are never forgotten."""
    for _batch in range(BATCHES):
        with db.unit_of_work() as session:
            old = (FeedEntry.published_at.is_not(None), FeedEntry.seen_at < clock.now() - KEPT)
            columns = (FeedEntry.feed_id, FeedEntry.id_hash, FeedEntry.published_at)
            rows = session.execute(select(*columns).where(*old).order_by(FeedEntry.seen_at).limit(STEP)).all()
            newest: dict[int, datetime] = {}
            for row in rows:
                newest[row.feed_id] = max(newest.get(row.feed_id, row.published_at), row.published_at)
            for feed_id in sorted(newest):
                mark = func.coalesce(Feed.pruned_before, newest[feed_id])
                here = update(Feed).where(Feed.id == feed_id, mark <= newest[feed_id])
                session.execute(here.values(pruned_before=newest[feed_id]).execution_options(synchronize_session=False))
                hashes = [row.id_hash for row in rows if row.feed_id == feed_id]
                gone = delete(FeedEntry).where(FeedEntry.feed_id == feed_id, FeedEntry.id_hash.in_(hashes))
                session.execute(gone.execution_options(synchronize_session=False))
        if len(rows) < STEP:
            return


def _locked(feed_id: int) -> Any:
    """The live row of the feed, held until the end of the unit of work, behind the turn of its space."""
    session = db.session()
    space_id = session.scalar(select(Feed.space_id).where(Feed.id == feed_id))
    if space_id is None:
        return None
    take_turn(space_id)
    live = (Feed.id == feed_id, Feed.state.in_(_LOOKED_AT), Feed.deleted_at.is_(None))
    return session.execute(select(Feed.__table__).where(*live).with_for_update()).first()


def _sifted(feed: db.AnyRow, found: ParsedFeed) -> Sifted:
    candidates = [_candidate(entry) for entry in found.entries]
    memory = _memory(feed, candidates)
    return sift(candidates, memory, backlog=Backlog(feed.backlog), room=_room(feed), cut=found.cut)


def _candidate(entry: Any) -> Candidate:
    try:
        url, key = bookmarks.page_key(entry.url)
    except Invalid:
        return Candidate(entry, id_hash(entry.id))
    return Candidate(entry, id_hash(entry.id), key, url)


def _memory(feed: db.AnyRow, candidates: Sequence[Candidate]) -> Memory:
    session, here = db.session(), FeedEntry.feed_id == feed.id
    hashes = {each.id_hash for each in candidates}
    keys = {each.url_key for each in candidates if each.url_key}
    ids = session.scalars(select(FeedEntry.id_hash).where(here, FeedEntry.id_hash.in_(hashes))).all()
    pages = session.scalars(select(FeedEntry.url_key).where(here, FeedEntry.url_key.in_(keys))).all()
    return Memory(
        ids=set(ids),
        url_keys={key for key in pages if key},
        library=bookmarks.known_urls(feed.space_id, list(keys)),
        has_history=session.scalar(select(FeedEntry.id_hash).where(here).limit(1)) is not None,
        checked_at=feed.checked_at,
        pruned_before=feed.pruned_before,
    )


def _room(feed: db.AnyRow) -> int:
    """How many may be saved now. What came with the first look, the backlog, is not counted against the day."""
    session, here = db.session(), FeedEntry.feed_id == feed.id
    first = session.scalar(select(func.min(FeedEntry.first_at)).where(here))
    if first is None:
        return int(feed.per_check)
    today = (FeedEntry.first_at > first + ONE_LOOK, FeedEntry.first_at > clock.now() - DAY)
    saved = (FeedEntry.outcome == Outcome.SAVED.value, *today)
    used = session.scalar(select(func.count()).select_from(FeedEntry).where(here, *saved)) or 0
    return max(0, min(int(feed.per_check), int(feed.per_day) - used))


def _save(actor: Actor, feed: db.AnyRow, sifted: Sifted) -> int:
    """The bookmarks, and the notes of what was seen."""
    session, now = db.session(), clock.now()
    to_save = [each for each, outcome in sifted.kept if outcome is Outcome.SAVED]
    made: dict[str, int] = {}
    for start in range(0, len(to_save), STEP):
        some = to_save[start : start + STEP]
        drafts = [_draft(each, feed) for each in some]
        ids = bookmarks.save_many(actor, space_id=feed.space_id, drafts=drafts)
        made |= {each.id_hash: bookmark_id for each, bookmark_id in zip(some, ids, strict=True)}
    known = bookmarks.known_urls(feed.space_id, [each.url_key for each, _outcome in sifted.kept if each.url_key])
    rows = [
        {
            "feed_id": feed.id,
            "id_hash": each.id_hash,
            "url_key": each.url_key,
            "url": each.url,
            "title": each.entry.title,
            "outcome": outcome.value,
            "bookmark_id": made.get(each.id_hash) or known.get(each.url_key or ""),
            "published_at": each.entry.published,
            "first_at": now + timedelta(microseconds=place),
            "seen_at": now,
        }
        for place, (each, outcome) in enumerate(sifted.kept)
    ]
    if rows:
        session.execute(insert(FeedEntry), rows)
    _see_again(feed.id, sifted.seen, now)
    return len(made)


def _draft(each: Candidate, feed: db.AnyRow) -> bookmarks.Draft:
    return bookmarks.Draft(
        url=each.url,
        title=each.entry.title,
        description=each.entry.summary,
        tags=feed.tags,
        collection_ids=[feed.collection_id] if feed.collection_id is not None else [],
        unread=feed.unread,
    )


def _see_again(feed_id: int, seen: Sequence[Candidate], now: datetime) -> None:
    """Once a day is enough to know what a feed still shows."""
    if not seen:
        return
    hashes = [each.id_hash for each in seen]
    keys = [each.url_key for each in seen if each.url_key]
    shown = FeedEntry.id_hash.in_(hashes) | FeedEntry.url_key.in_(keys)
    late = update(FeedEntry).where(FeedEntry.feed_id == feed_id, FeedEntry.seen_at < now - DAY, shown)
    db.session().execute(late.values(seen_at=now).execution_options(synchronize_session=False))


def _unchanged(feed: db.AnyRow) -> dict[str, Any]:
    return {
        "state": State.ACTIVE.value,
        "failures": 0,
        "error": None,
        "checked_at": clock.now() if feed.checked_at is not None else None,
    }


def _read(feed: db.AnyRow, found: ParsedFeed, sifted: Sifted, look: Look) -> Mapping[str, Any]:
    """What of the feed itself is kept. While entries wait for room, the next look must not be told 'unchanged'."""
    dates = [entry.published for entry in found.entries if entry.published]
    newest = max([*dates, *([feed.newest_at] if feed.newest_at else [])], default=None)
    waits = sifted.remark is Remark.WAITING or sifted.waiting > 0
    return {
        "title": found.title or feed.title,
        "site_url": found.site_url or feed.site_url,
        "etag": "" if waits else look.etag,
        "last_modified": "" if waits else look.last_modified,
        "checked_at": clock.now(),
        "newest_at": newest,
        "remark": sifted.remark.value,
        "remark_count": sifted.count,
    }


def _moved(feed: db.AnyRow, look: Look) -> dict[str, Any]:
    """A feed that was found from its site's page is at another address from now on, and so is one whose server has said
    twice that it moved for good."""
    moved_to = look.moved_to if look.moved_to != feed.url else ""
    wanted = look.url if look.url != feed.url else moved_to if moved_to and moved_to == feed.moved_to else ""
    if not wanted:
        return {"moved_to": moved_to}
    try:
        url, key = bookmarks.page_key(wanted)
    except Invalid:
        return {"moved_to": ""}
    other = (Feed.space_id == feed.space_id, Feed.url_key == key, Feed.id != feed.id, Feed.deleted_at.is_(None))
    if db.session().scalar(select(Feed.id).where(*other)) is not None:
        # The space has that feed already: one of the two is enough.
        words = _("This is the same feed as another one that this space is subscribed to.")
        return {"moved_to": "", "state": State.PAUSED.value, "error": words}
    return {"url": url, "url_key": key, "moved_to": ""}
