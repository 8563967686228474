"""How far a person has read, what they can go on with, and how they like the reader."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Boolean, bindparam, select

from trackeep.bookmarks.articles.looks import ReaderLooks
from trackeep.bookmarks.models import Bookmark, ReaderSettings, ReadingProgress
from trackeep.bookmarks.progress import Progress
from trackeep.bookmarks.queries.items import get_bookmark
from trackeep.core import cache, db
from trackeep.core.actor import Actor

BEGUN = 0.01
"""Whoever has read less has only opened the page."""
STEP = 500
MOST_BEGUN = 300
"""So many of what a person has begun show how far they are, the latest ones."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A bookmark that somebody is in the middle of."""

    bookmark_id: int
    percent: int


class Continued(NamedTuple):
    """The same with what a card shows of it."""

    id: int
    url: str
    site: str
    title: str
    has_favicon: bool
    reading_minutes: int | None
    percent: int


_MOMENTS = (ReadingProgress.updated_at, ReadingProgress.finished_at)
BEGUN_ANSWER = cache.Resource("reading_begun", list[Begun], ttl=300)


def progress_of(actor: Actor, bookmark_id: int) -> Progress:
    """Raises NotFound for a bookmark that the actor may not see."""
    get_bookmark(actor, bookmark_id)
    columns = (ReadingProgress.fraction, *_MOMENTS)
    mine = (ReadingProgress.user_id == actor.require_user(), ReadingProgress.bookmark_id == bookmark_id)
    rows = db.rows(select(*columns).where(*mine))
    return Progress(*rows[0]) if rows else Progress()


def begun(actor: Actor) -> Sequence[Begun]:
    """What the person has begun and not finished, the latest first."""
    if actor.user_id is None:
        return []
    user_id = actor.user_id
    return cache.answer_of_user(BEGUN_ANSWER, user_id, (), lambda: _begun(user_id))


def percents(actor: Actor) -> Mapping[int, int]:
    """The same by bookmark, for lists."""
    return {each.bookmark_id: each.percent for each in begun(actor)}


def continue_reading(actor: Actor, limit: int, space_id: int | None = None) -> Sequence[Continued]:
    """The latest of them that are there to be seen, outside of the archive."""
    latest = begun(actor)
    if not latest:
        return []
    spaces = actor.readable_spaces if space_id is None else {space_id} & actor.readable_spaces
    given = {"ids": [each.bookmark_id for each in latest], "spaces": list(spaces), "everywhere": space_id is None}
    rows = {row.id: row for row in db.rows(_continued(db.dialect()), given)}
    found = [(rows[each.bookmark_id], each.percent) for each in latest if each.bookmark_id in rows]
    return [
        Continued(row.id, row.url, row.site, row.title, bool(row.favicon_key), row.reading_minutes, percent)
        for row, percent in found[:limit]
    ]


def exported_progress(actor: Actor) -> Iterator[tuple[str, Progress]]:
    """How far the person has read each page of their own space, by its address, a few at a time. The database's
    connection is given back between steps, since the reader may be slow."""
    columns = (Bookmark.id, Bookmark.url, ReadingProgress.fraction, *_MOMENTS)
    query = select(*columns).join(ReadingProgress, ReadingProgress.bookmark_id == Bookmark.id)
    mine = (ReadingProgress.user_id == actor.require_user(), Bookmark.space_id == actor.personal_space_id)
    query = query.where(*mine, Bookmark.deleted_at.is_(None)).order_by(Bookmark.id).limit(STEP)
    last = 0
    while True:
        rows = db.rows(query.where(Bookmark.id > last))
        db.release()
        yield from ((row.url, Progress(row.fraction, row.updated_at, row.finished_at)) for row in rows)
        if len(rows) < STEP:
            return
        last = rows[-1].id


def looks_of(actor: Actor) -> ReaderLooks:
    """As chosen, or the defaults."""
    columns = [getattr(ReaderSettings, name) for name in ReaderLooks.__dataclass_fields__]
    rows = db.rows(select(*columns).where(ReaderSettings.user_id == actor.require_user()))
    return ReaderLooks(**rows[0]._mapping) if rows else ReaderLooks()


def _begun(user_id: int) -> list[Begun]:
    mine = (ReadingProgress.user_id == user_id, ReadingProgress.finished_at.is_(None))
    query = select(ReadingProgress.bookmark_id, ReadingProgress.fraction).where(
        *mine, ReadingProgress.fraction >= BEGUN
    )
    newest = query.order_by(ReadingProgress.updated_at.desc(), ReadingProgress.bookmark_id.desc()).limit(MOST_BEGUN)
    return [Begun(row.bookmark_id, max(1, round(row.fraction * 100))) for row in db.rows(newest)]


@lru_cache
def _continued(_dialect: str) -> db.AnySelect:
    mine = db.is_one_of(Bookmark.space_id + 0, "spaces") | (Bookmark.shared & bindparam("everywhere", type_=Boolean))
    columns = (
        Bookmark.id,
        Bookmark.url,
        Bookmark.site,
        Bookmark.title,
        Bookmark.favicon_key,
        Bookmark.reading_minutes,
    )
    live = (Bookmark.deleted_at.is_(None), ~Bookmark.archived)
    query: db.AnySelect = select(*columns).where(db.is_one_of(Bookmark.id, "ids"), *live, mine)
    return query
