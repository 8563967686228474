"""Reads: what the check of links has found, as figures and as lists."""

from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache

from sqlalchemy import bindparam, func, select

from trackeep.bookmarks.liveness import LinkState
from trackeep.bookmarks.models import ArchivedCopy, Bookmark, LinkCheck
from trackeep.core import cache, db
from trackeep.core.actor import Actor
from trackeep.core.paging import Page, bounded_limit, decode_cursor, encode_cursor

IGNORED = "ignored"
LISTS = (*[state.value for state in LinkState], IGNORED)


@dataclass(frozen=True, slots=True)
class LinkItem:
    """What is known of one bookmark's link."""

    id: int
    space_id: int
    url: str
    title: str
    site: str
    favicon_key: str | None
    state: str
    status: int | None
    reason: str
    failures: int
    checked_at: datetime | None
    final_url: str | None
    permanent: bool
    ignored: bool
    asked: bool
    archived_url: str | None


@dataclass(frozen=True, slots=True)
class LinkCounts:
    """How many visited links are in each state; those marked as fine are counted as such only. ``movable`` have moved
    for good."""

    ok: int = 0
    redirected: int = 0
    broken: int = 0
    blocked: int = 0
    unreachable: int = 0
    unknown: int = 0
    ignored: int = 0
    movable: int = 0

    @property
    def checked(self) -> int:
        return sum(getattr(self, name) for name in LISTS)


_COLUMNS = (
    Bookmark.id,
    Bookmark.space_id,
    Bookmark.url,
    Bookmark.title,
    Bookmark.site,
    Bookmark.favicon_key,
    LinkCheck.state,
    LinkCheck.status,
    LinkCheck.reason,
    LinkCheck.failures,
    LinkCheck.checked_at,
    LinkCheck.final_url,
    LinkCheck.permanent,
    LinkCheck.ignored,
    LinkCheck.asked,
    ArchivedCopy.url.label("archived_url"),
)
COUNTS = cache.Resource("link_counts", LinkCounts, ttl=300)


def link_counts(actor: Actor, space_id: int | None = None) -> LinkCounts:
    spaces = _spaces(actor, space_id)
    return cache.answer(COUNTS, spaces, (), lambda: _counted(spaces)) if spaces else LinkCounts()


def list_links(
    actor: Actor, state: str, *, space_id: int | None = None, cursor: str | None = None, limit: int = 30
) -> Page[LinkItem]:
    """Visited links of one of ``LISTS``, the newest bookmark first."""
    limit, spaces = bounded_limit(limit), _spaces(actor, space_id)
    query = _visited().where(Bookmark.space_id.in_(spaces))
    if state == IGNORED:
        query = query.where(LinkCheck.ignored)
    else:
        query = query.where(LinkCheck.state == state, ~LinkCheck.ignored)
    if cursor:
        query = query.where(LinkCheck.bookmark_id < decode_cursor(cursor, (int,))[0])
    rows = db.rows(query.order_by(LinkCheck.bookmark_id.desc()).limit(limit + 1))
    items = [LinkItem(*row) for row in rows[:limit]]
    return Page(items, encode_cursor(items[-1].id) if len(rows) > limit else None)


def link_of(bookmark_id: int) -> LinkItem | None:
    """What is known of the link of a bookmark that the caller has checked; None before the first plan of a visit."""
    rows = db.rows(_items().where(Bookmark.id == bookmark_id))
    return LinkItem(*rows[0]) if rows else None


def _visited() -> db.AnySelect:
    return _items().where(Bookmark.deleted_at.is_(None), LinkCheck.checked_at.is_not(None))


def _items() -> db.AnySelect:
    query: db.AnySelect = select(*_COLUMNS).join(LinkCheck, LinkCheck.bookmark_id == Bookmark.id)
    return query.outerjoin(ArchivedCopy, ArchivedCopy.bookmark_id == Bookmark.id)


def _counted(spaces: list[int]) -> LinkCounts:
    counts = {field.name: 0 for field in fields(LinkCounts)}
    for state, ignored, permanent, number in db.rows(_counting(), {"spaces": spaces}):
        counts[IGNORED if ignored else state] += number
        if permanent and state == LinkState.REDIRECTED and not ignored:
            counts["movable"] += number
    return LinkCounts(**counts)


@lru_cache(maxsize=1)
def _counting() -> db.AnySelect:
    groups = (LinkCheck.state, LinkCheck.ignored, LinkCheck.permanent)
    query: db.AnySelect = select(*groups, func.count()).join(Bookmark, Bookmark.id == LinkCheck.bookmark_id)
    within = Bookmark.space_id.in_(bindparam("spaces", expanding=True))
    return query.where(within, Bookmark.deleted_at.is_(None), LinkCheck.checked_at.is_not(None)).group_by(*groups)


def _spaces(actor: Actor, space_id: int | None) -> list[int]:
    if space_id is None:
        return sorted(actor.readable_spaces)
    actor.require_read(space_id)
    return [space_id]
