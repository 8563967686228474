"""The reading list of highlights: page by page, the one that was marked last first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, select, tuple_
from sqlalchemy.orm import aliased

from trackeep.bookmarks.highlights import HighlightFilters
from trackeep.bookmarks.models import Bookmark, Highlight
from trackeep.bookmarks.queries.highlights import (
    IN_PLACE,
    HighlightItem,
    conditions_of,
    cursor_of,
    item_of,
    older_than,
    own_conditions,
    reading_order,
    select_highlights,
    spaces_of,
)
from trackeep.bookmarks.queries.items import TagRef
from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.paging import Page, bounded_limit
from trackeep.tags import service as tags

IN_GROUP = 8
STEP = 500


@dataclass(frozen=True, slots=True)
class HighlightGroup:
    """The highlights of one page that the filters let through: the first of them in the order of the text, and how many
    there are in all."""

    items: Sequence[HighlightItem]
    count: int
    tags: Sequence[TagRef]

    @property
    def page(self) -> HighlightItem:
        """Any of them tells about the page."""
        return self.items[0]


def highlight_groups(
    actor: Actor, filters: HighlightFilters, *, cursor: str | None = None, limit: int = 10, in_group: int = IN_GROUP
) -> Page[HighlightGroup]:
    """Pages with highlights, by the newest of them. Three statements, whatever there is."""
    limit = bounded_limit(limit)
    conditions = conditions_of(actor, filters)
    if conditions is None:
        return Page([])
    heads = db.rows(_heads(actor, filters, cursor).limit(limit + 1))
    following = heads[limit - 1] if len(heads) > limit else None
    ids = [head.bookmark_id for head in heads[:limit]]
    groups = _groups(_shown(conditions, ids, in_group)) if ids else {}
    return Page(
        [groups[bookmark_id] for bookmark_id in ids if bookmark_id in groups],
        cursor_of(following.added_at, following.id) if following else None,
    )


def _heads(actor: Actor, filters: HighlightFilters, cursor: str | None) -> db.AnySelect:
    """The newest matching highlight of each page."""
    spaces = spaces_of(actor, filters)
    newer = aliased(Highlight)
    later = tuple_(newer.added_at, newer.id) > tuple_(Highlight.added_at, Highlight.id)
    matching = own_conditions(filters, spaces, newer) or ()
    head = select(Highlight.bookmark_id, Highlight.added_at, Highlight.id)
    query: db.AnySelect = head.join(Bookmark, IN_PLACE)
    query = query.where(Bookmark.deleted_at.is_(None), *(conditions_of(actor, filters) or ()))
    query = query.where(~exists().where(newer.bookmark_id == Highlight.bookmark_id, later, *matching))
    if cursor:
        query = query.where(older_than(cursor))
    return query.order_by(Highlight.added_at.desc(), Highlight.id.desc())


def _shown(conditions: Sequence[ColumnElement[bool]], ids: Sequence[int], in_group: int) -> db.AnySelect:
    position = func.row_number().over(partition_by=Highlight.bookmark_id, order_by=reading_order()).label("position")
    count = func.count().over(partition_by=Highlight.bookmark_id).label("in_page")
    numbered = select(Highlight.id, position, count).join(Bookmark, IN_PLACE)
    few = numbered.where(db.is_one_of(Highlight.bookmark_id, ids), *conditions).subquery()
    query = select_highlights(few.c.in_page).join(few, few.c.id == Highlight.id).where(few.c.position <= in_group)
    return query.order_by(Highlight.bookmark_id, few.c.position)


def _groups(query: db.AnySelect) -> Mapping[int, HighlightGroup]:
    found: dict[int, list[db.AnyRow]] = {}
    for row in db.rows(query):
        found.setdefault(row.bookmark_id, []).append(row)
    tagged = tags.tags_of(list(found))
    return {
        bookmark_id: HighlightGroup([item_of(row) for row in rows], rows[0].in_page, tagged.get(bookmark_id, ()))
        for bookmark_id, rows in found.items()
    }


def exported_highlights(actor: Actor, filters: HighlightFilters) -> Iterator[HighlightGroup]:
    """Everything that the filters let through, in groups of at most STEP: a page with more comes in several, one after
    the other. The database's connection is given back between steps, since the reader may be slow."""
    conditions = conditions_of(actor, filters)
    if conditions is None:
        return
    query = select_highlights().where(*conditions)
    order = (Highlight.bookmark_id, func.coalesce(Highlight.start_offset, LAST), Highlight.id)
    after: tuple[int, int, int] | None = None
    while True:
        step = query.where(tuple_(*order) > tuple_(*after)) if after else query
        rows = db.rows(step.order_by(*order).limit(STEP))
        groups = _in_groups([item_of(row) for row in rows])
        db.release()
        yield from groups
        if len(rows) < STEP:
            return
        last = item_of(rows[-1])
        after = (last.bookmark_id, LAST if last.start is None else last.start, last.id)


LAST = 2**31 - 1


def _in_groups(items: Sequence[HighlightItem]) -> list[HighlightGroup]:
    found: dict[int, list[HighlightItem]] = {}
    for item in items:
        found.setdefault(item.bookmark_id, []).append(item)
    tagged = tags.tags_of(list(found))
    return [HighlightGroup(of_page, len(of_page), tagged.get(page, ())) for page, of_page in found.items()]
