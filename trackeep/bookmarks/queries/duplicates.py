"""Reads: groups of bookmarks that are, surely or likely, the same page."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import ColumnElement, and_, bindparam, func, select

from trackeep.bookmarks.models import Bookmark
from trackeep.bookmarks.queries.items import BookmarkItem, select_items, with_details
from trackeep.bookmarks.queries.statements import COUNT_CAP
from trackeep.core import cache, db
from trackeep.core.actor import Actor
from trackeep.core.paging import Page, bounded_limit, decode_cursor, encode_cursor

MOST_SURE = 8
"""A site that gives so many of its pages one address does not tell them apart; they are no copies of each other."""
MOST_SHOWN = 20


class Likeness(StrEnum):
    """``SURE`` pages go by one address, by their own word or by where their addresses lead; ``LIKELY`` ones only have
    addresses that look alike."""

    SURE = "sure"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Bookmarks of one page in one space, the newest first; ``size`` counts also those that are not shown."""

    space_id: int
    size: int
    items: Sequence[BookmarkItem]


@dataclass(frozen=True, slots=True)
class DuplicateCounts:
    """Groups of each kind, at most one more than the cap of all counts."""

    sure: int
    likely: int


COUNTS = cache.Resource("duplicate_counts", DuplicateCounts, ttl=300)
_KEYS = {Likeness.SURE: Bookmark.canonical_key, Likeness.LIKELY: Bookmark.loose_key}


def duplicate_counts(actor: Actor, space_id: int | None = None) -> DuplicateCounts:
    spaces = _spaces(actor, space_id)
    return cache.answer(COUNTS, spaces, (), lambda: _counted(spaces)) if spaces else DuplicateCounts(0, 0)


def list_duplicates(
    actor: Actor, likeness: Likeness, *, space_id: int | None = None, cursor: str | None = None, limit: int = 20
) -> Page[DuplicateGroup]:
    """Groups, that with the newest bookmark first, by a constant number of queries."""
    limit, spaces = bounded_limit(limit), _spaces(actor, space_id)
    given = {"spaces": spaces, **({"before": decode_cursor(cursor, (int,))[0]} if cursor else {})}
    rows = db.rows(_groups(likeness, continued=bool(cursor)).limit(limit + 1), given)
    found = _members(likeness, rows[:limit])
    groups = [DuplicateGroup(row.space_id, row.size, found.get((row.space_id, row.key), [])) for row in rows[:limit]]
    return Page(groups, encode_cursor(rows[limit - 1].newest) if len(rows) > limit else None)


@lru_cache
def _groups(likeness: Likeness, *, continued: bool) -> db.AnySelect:
    key, newest, size = _KEYS[likeness], func.max(Bookmark.id), func.count()
    query: db.AnySelect = select(Bookmark.space_id, key.label("key"), newest.label("newest"), size.label("size"))
    query = query.where(Bookmark.space_id.in_(bindparam("spaces", expanding=True)), *_live())
    several: ColumnElement[bool] = size.between(2, MOST_SURE)
    if likeness is Likeness.LIKELY:
        several = and_(size > 1, func.min(Bookmark.canonical_key) != func.max(Bookmark.canonical_key))
    query = query.group_by(Bookmark.space_id, key).having(several).order_by(newest.desc())
    return query.having(newest < bindparam("before")) if continued else query


def _members(likeness: Likeness, groups: Sequence[db.AnyRow]) -> dict[tuple[int, str], list[BookmarkItem]]:
    """The bookmarks of these groups, the newest of each."""
    key = _KEYS[likeness]
    place = func.row_number().over(partition_by=(Bookmark.space_id, key), order_by=Bookmark.id.desc()).label("place")
    spaces, keys = sorted({row.space_id for row in groups}), [row.key for row in groups]
    placed = select(Bookmark.id, key.label("key"), place)
    placed = placed.where(Bookmark.space_id.in_(spaces), key.in_(keys), *_live())
    few = placed.subquery()
    query = select_items().add_columns(few.c.key).join(few, few.c.id == Bookmark.id).where(few.c.place <= MOST_SHOWN)
    rows = db.rows(query.order_by(Bookmark.id.desc()))
    found: dict[tuple[int, str], list[BookmarkItem]] = {}
    for row, item in zip(rows, with_details(rows), strict=True):
        found.setdefault((item.space_id, row.key), []).append(item)
    return found


def _counted(spaces: Sequence[int]) -> DuplicateCounts:
    return DuplicateCounts(*(int(db.rows(_counting(each), {"spaces": spaces})[0][0]) for each in Likeness))


@lru_cache
def _counting(likeness: Likeness) -> db.AnySelect:
    few = _groups(likeness, continued=False).order_by(None).limit(COUNT_CAP + 1)
    return select(func.count()).select_from(few.subquery())


def _live() -> tuple[ColumnElement[bool], ...]:
    return (Bookmark.deleted_at.is_(None), ~Bookmark.kept_apart)


def _spaces(actor: Actor, space_id: int | None) -> list[int]:
    if space_id is None:
        return sorted(actor.readable_spaces)
    actor.require_read(space_id)
    return [space_id]
