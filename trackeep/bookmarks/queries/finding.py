"""What the palette, the home page and other gatherings show of bookmarks: few rows, quickly."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import select

from trackeep.bookmarks.filters import Filters, View
from trackeep.bookmarks.models import SORT_KEY, Bookmark
from trackeep.bookmarks.queries.items import BookmarkItem, select_items, with_details
from trackeep.bookmarks.queries.lists import capped_count, matching_page
from trackeep.core import cache, db
from trackeep.core.actor import Actor
from trackeep.core.tokeniser import fold

LAST_LETTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class BookmarkHit:
    """A bookmark as other pages mention it."""

    id: int
    url: str
    site: str
    title: str
    added_at: datetime
    has_favicon: bool
    fetch_error: str | None


_COLUMNS = (Bookmark.id, Bookmark.url, Bookmark.site, Bookmark.title, Bookmark.added_at, Bookmark.favicon_key)


FOUND = cache.Resource("palette_bookmarks", list[BookmarkHit], ttl=300)
NEWEST = cache.Resource("newest_bookmarks", list[BookmarkHit], ttl=300)
VIEW_COUNT = cache.Resource("bookmark_view_count", int, ttl=300)


def find_bookmarks(actor: Actor, text: str, limit: int) -> list[BookmarkHit]:
    """Those whose title begins with the text, then those that mention its words, newest first."""
    spaces = actor.readable_spaces
    return cache.answer(FOUND, spaces, (text, limit), lambda: _find(actor, text, limit))


def _find(actor: Actor, text: str, limit: int) -> list[BookmarkHit]:
    found = {hit.id: hit for hit in _titled(actor, text, limit)}
    if len(found) < limit:
        ids = matching_page(actor, Filters(view=View.EVERYTHING, text=text), limit)
        mentioned = hits(actor, ids)
        found |= {object_id: mentioned[object_id] for object_id in ids if object_id in mentioned}
    return list(found.values())[:limit]


def newest_bookmarks(actor: Actor, view: View, limit: int, space_id: int | None = None) -> list[BookmarkHit]:
    spaces = actor.readable_spaces if space_id is None else {space_id} & actor.readable_spaces
    filters = Filters(view=view, space_id=space_id)
    return cache.answer(NEWEST, spaces, (view, limit), lambda: _newest(actor, filters, limit))


def _newest(actor: Actor, filters: Filters, limit: int) -> list[BookmarkHit]:
    ids = matching_page(actor, filters, limit)
    found = hits(actor, ids)
    return [found[object_id] for object_id in ids if object_id in found]


def newest_shared(actor: Actor, space_id: int, limit: int) -> Sequence[BookmarkItem]:
    """The newest of a space that its members share, without the archived ones."""
    actor.require_read(space_id)
    shared = (Bookmark.space_id == space_id, Bookmark.shared, ~Bookmark.archived, Bookmark.deleted_at.is_(None))
    query = select_items().where(*shared).order_by(Bookmark.added_at.desc(), Bookmark.id.desc())
    return with_details(db.session().execute(query.limit(limit)).all())


def hits(actor: Actor, ids: Collection[int]) -> Mapping[int, BookmarkHit]:
    """Those of the ids that are the actor's to see and not in the trash."""
    given = {"ids": list(ids), "spaces": list(actor.readable_spaces)}
    return {row.id: _hit(row) for row in db.rows(_hits(db.dialect()), given)} if ids else {}


@lru_cache
def _hits(_dialect: str) -> db.AnySelect:
    # Adding 0 takes the space's index away from the planner, which would read all of a large library by it.
    mine = (db.is_one_of(Bookmark.id, "ids"), db.is_one_of(Bookmark.space_id + 0, "spaces"))
    query: db.AnySelect = select(*_COLUMNS, Bookmark.fetch_error)
    return query.where(*mine, Bookmark.deleted_at.is_(None))


def trashed_titles(actor: Actor, ids: Sequence[int]) -> Mapping[int, str]:
    """The titles of what lies in the trash."""
    mine = (Bookmark.id.in_(ids), (Bookmark.space_id + 0).in_(actor.readable_spaces))
    return {
        row.id: row.title or row.url
        for row in db.session().execute(select(Bookmark.id, Bookmark.title, Bookmark.url).where(*mine))
    }


def count_view(actor: Actor, view: View, space_id: int | None = None) -> int:
    """How many a view has, at most one more than the cap of all counts."""
    spaces = sorted(actor.readable_spaces if space_id is None else {space_id} & actor.readable_spaces)
    if not spaces:
        return 0
    return cache.answer(VIEW_COUNT, spaces, (view,), lambda: int(db.rows(_counting(view), {"spaces": spaces})[0][0]))


@lru_cache(maxsize=len(View))
def _counting(view: View) -> db.AnySelect:
    return select(capped_count(view))


def _titled(actor: Actor, text: str, limit: int) -> list[BookmarkHit]:
    """By the index of titles, space by space, so that a large library costs no more than a small one."""
    start = fold(text)[:SORT_KEY]
    if not start:
        return []
    rows: list[db.AnyRow] = []
    for space_id in sorted(actor.readable_spaces):
        here = (Bookmark.space_id == space_id, Bookmark.deleted_at.is_(None))
        range_ = (Bookmark.title_key >= start, Bookmark.title_key < start + LAST_LETTER)
        query = select(*_COLUMNS, Bookmark.fetch_error).where(*here, *range_)
        rows += db.rows(query.order_by(Bookmark.title_key, Bookmark.id).limit(limit))
    return [_hit(row) for row in rows[:limit]]


def _hit(row: db.AnyRow) -> BookmarkHit:
    return BookmarkHit(row.id, row.url, row.site, row.title, row.added_at, bool(row.favicon_key), row.fetch_error)
