"""What is worth looking at again today: pages saved on this day of an earlier year, else short ones that are unread."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, literal_column, select, union_all

from trackeep.bookmarks.models import Bookmark, BookmarkRest
from trackeep.bookmarks.queries.spans import midnight
from trackeep.core import cache, clock, db
from trackeep.core.actor import Actor

SHOWN = 3
POOL = 50
YEARS = 20
SHORT: ColumnElement[int] = literal_column("5")
"""Minutes; spelled out, since only so SQLite finds the index of what is short."""
Kind = Literal["year", "short"]


@dataclass(frozen=True, slots=True)
class Remembered:
    """A bookmark that is shown again."""

    id: int
    space_id: int
    url: str
    site: str
    title: str
    added_at: datetime
    has_favicon: bool
    unread: bool
    favourite: bool
    archived: bool
    reading_minutes: int | None


@dataclass(frozen=True, slots=True)
class Resurfaced:
    """``kind`` says why these are shown: ``year`` for this day of earlier years, ``short`` for short and unread."""

    kind: Kind
    items: Sequence[Remembered]


POOLS = cache.Resource("resurfacing_pool", list[Remembered], ttl=900)
RESTING = cache.Resource("resurfacing_rests", list[int], ttl=900)
_COLUMNS = (
    Bookmark.id,
    Bookmark.space_id,
    Bookmark.url,
    Bookmark.site,
    Bookmark.title,
    Bookmark.added_at,
    Bookmark.favicon_key.is_not(None).label("has_favicon"),
    Bookmark.unread,
    Bookmark.favourite,
    Bookmark.archived,
    Bookmark.reading_minutes,
)


def resurfaced(actor: Actor, space_id: int | None = None) -> Resurfaced | None:
    """A few, the same all day long for the same person, without those that rest until tomorrow; None when there is
    nothing. The day is that of the actor's time zone."""
    today = clock.now().astimezone(ZoneInfo(actor.time_zone)).date()
    spaces = sorted(actor.readable_spaces if space_id is None else {space_id} & actor.readable_spaces)
    if not spaces:
        return None
    resting = set(_resting(actor, today))
    asked = ("year", today.isoformat(), actor.time_zone)
    then = cache.answer(POOLS, spaces, asked, lambda: _anniversaries(spaces, today, actor.time_zone))
    if chosen := _chosen(actor, today, [each for each in then if each.id not in resting]):
        return Resurfaced("year", chosen)
    short = cache.answer(POOLS, spaces, ("short",), lambda: _short(spaces))
    chosen = _chosen(actor, today, [each for each in short if each.id not in resting])
    return Resurfaced("short", chosen) if chosen else None


def _chosen(actor: Actor, today: date, pool: Sequence[Remembered]) -> list[Remembered]:
    """By a lot that is drawn anew each day; oldest first."""
    drawn = sorted(pool, key=lambda each: hashlib.sha256(f"{today}:{actor.user_id}:{each.id}".encode()).digest())
    return sorted(drawn[:SHOWN], key=lambda each: (each.added_at, each.id))


def _resting(actor: Actor, today: date) -> list[int]:
    user_id = actor.require_user()
    mine = (BookmarkRest.user_id == user_id, BookmarkRest.day == today)
    query = select(BookmarkRest.bookmark_id).where(*mine).order_by(BookmarkRest.bookmark_id)
    return cache.answer_of_user(RESTING, user_id, (today.isoformat(),), lambda: list(db.session().scalars(query)))


def _anniversaries(spaces: Sequence[int], today: date, zone: str) -> list[Remembered]:
    days = [day for day in (_same_day(today, today.year - back) for back in range(1, YEARS + 1)) if day is not None]
    # Day by day, each from the index: as one condition PostgreSQL would walk through the whole library.
    parts = [select(_of_day(spaces, day, zone).subquery()) for day in days]
    rows = db.session().execute(union_all(*parts))
    found = sorted((Remembered(*row) for row in rows), key=lambda each: (each.added_at, each.id), reverse=True)
    return found[:POOL]


def _of_day(spaces: Sequence[int], day: date, zone: str) -> db.AnySelect:
    within = (Bookmark.added_at >= midnight(day, zone), Bookmark.added_at < midnight(day + timedelta(days=1), zone))
    live = (Bookmark.space_id.in_(spaces), Bookmark.deleted_at.is_(None))
    query: db.AnySelect = select(*_COLUMNS).where(*live, *within)
    return query.order_by(Bookmark.added_at.desc(), Bookmark.id.desc()).limit(POOL)


def _same_day(today: date, year: int) -> date | None:
    """None for the 29th of February of a year without one."""
    try:
        return today.replace(year=year)
    except ValueError:
        return None


def _short(spaces: Sequence[int]) -> list[Remembered]:
    found: list[Remembered] = []
    for space_id in spaces:
        here = (Bookmark.space_id == space_id, Bookmark.deleted_at.is_(None))
        unread = (Bookmark.unread, ~Bookmark.archived, Bookmark.reading_minutes <= SHORT)
        query = select(*_COLUMNS).where(*here, *unread).order_by(Bookmark.added_at, Bookmark.id).limit(POOL)
        found += [Remembered(*row) for row in db.session().execute(query)]
    return sorted(found, key=lambda each: (each.added_at, each.id))[:POOL]
