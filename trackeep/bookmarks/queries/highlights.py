"""Highlights: one, those of a page at their places in its text, and lists."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, literal, select, tuple_

from trackeep.bookmarks.anchoring import Anchorer, Place, Selector
from trackeep.bookmarks.highlights import PER_BOOKMARK, HighlightFilters, State
from trackeep.bookmarks.models import HIGHLIGHT_KIND, Bookmark, Highlight
from trackeep.bookmarks.queries.items import get_bookmark
from trackeep.bookmarks.queries.texts import article_texts
from trackeep.core import db, search_index
from trackeep.core.actor import Actor
from trackeep.core.candidates import mentioning
from trackeep.core.errors import Invalid, NotFound
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import Object
from trackeep.core.paging import Page, bounded_limit, decode_cursor, encode_cursor
from trackeep.tags import service as tags

IN_PLACE = and_(Bookmark.id == Highlight.bookmark_id, Bookmark.space_id == Highlight.space_id)
"""A highlight is shown with its page only in the space of both."""


class HighlightItem(NamedTuple):
    """A highlight and what lists say of its page. ``start`` and ``end`` count code points of the article's text."""

    id: int
    space_id: int
    bookmark_id: int
    quote: str
    prefix: str
    suffix: str
    start: int | None
    end: int | None
    colour: str
    note: str
    added_at: datetime
    version: int
    updated_at: datetime
    created_by: int | None
    page_url: str
    page_site: str
    page_title: str
    page_author: str
    page_published_at: datetime | None
    page_has_favicon: bool


@dataclass(frozen=True, slots=True)
class PlacedHighlight:
    """A highlight in the article's text of today; ``place`` is None unless the state is ``PLACED``."""

    item: HighlightItem
    state: State
    place: Place | None = None


COLUMNS = (
    Highlight.id,
    Highlight.space_id,
    Highlight.bookmark_id,
    Highlight.quote,
    Highlight.prefix,
    Highlight.suffix,
    Highlight.start_offset,
    Highlight.end_offset,
    Highlight.colour,
    Highlight.note,
    Highlight.added_at,
    Object.content_version,
    Object.updated_at,
    Object.created_by,
    Bookmark.url,
    Bookmark.site,
    Bookmark.title,
    Bookmark.author,
    Bookmark.published_at,
    Bookmark.favicon_key.is_not(None),
)


def select_highlights(*more: ColumnElement[Any]) -> db.AnySelect:
    """Live ones of live bookmarks."""
    query: db.AnySelect = select(*COLUMNS, *more).join(Object, Object.id == Highlight.id)
    query = query.join(Bookmark, IN_PLACE)
    return query.where(Highlight.deleted_at.is_(None), Bookmark.deleted_at.is_(None))


def item_of(row: Sequence[Any]) -> HighlightItem:
    return HighlightItem._make(row[: len(COLUMNS)])


def get_highlight(actor: Actor, highlight_id: int) -> HighlightItem:
    """Raises NotFound also for what is in the trash, by itself or with its page."""
    found = get_highlights(actor, [highlight_id])
    if highlight_id not in found:
        raise NotFound()
    return found[highlight_id]


def get_highlights(actor: Actor, ids: Collection[int]) -> Mapping[int, HighlightItem]:
    """Those of the ids that the actor may see."""
    mine = (db.is_one_of(Highlight.id, list(ids)), db.is_one_of(Highlight.space_id + 0, list(actor.readable_spaces)))
    items = map(item_of, db.rows(select_highlights().where(*mine))) if ids else ()
    return {item.id: item for item in items}


def highlights_of(actor: Actor, bookmark_id: int) -> list[PlacedHighlight]:
    """All of one page in the order of its text, the lost ones at the end. Of a page that is merely shared with all who
    are signed in they are not shown: they are its space's. Raises NotFound for a page that the actor may not see."""
    bookmark = get_bookmark(actor, bookmark_id)
    if not actor.can_read(bookmark.space_id):
        return []
    here = select_highlights().where(Highlight.bookmark_id == bookmark_id)
    rows = db.rows(here.order_by(Highlight.added_at, Highlight.id).limit(PER_BOOKMARK))
    text = article_texts([bookmark_id]).get(bookmark_id, "") if rows else ""
    return placed([item_of(row) for row in rows], text)


def placed(items: Sequence[HighlightItem], text: str) -> list[PlacedHighlight]:
    """Each one looked for in the text, in the text's order."""
    if not text:
        return [PlacedHighlight(item, State.UNPLACED) for item in items]
    anchorer = Anchorer(text)
    found = [_placed(item, anchorer.find(selector_of(item))) for item in items]
    last = len(text)
    return sorted(found, key=lambda each: (each.place.start if each.place else last, each.item.added_at, each.item.id))


def selector_of(item: HighlightItem) -> Selector:
    return Selector(quote=item.quote, prefix=item.prefix, suffix=item.suffix, start=item.start, end=item.end)


def _placed(item: HighlightItem, place: Place | None) -> PlacedHighlight:
    return PlacedHighlight(item, State.PLACED if place else State.LOST, place)


def first_highlights(actor: Actor, bookmark_id: int, space_id: int, limit: int) -> list[HighlightItem]:
    """The first ones of a page in the order of its text, for its details; one more than the limit if there are more."""
    if not actor.can_read(space_id):
        return []
    here = select_highlights().where(Highlight.bookmark_id == bookmark_id)
    return [item_of(row) for row in db.rows(here.order_by(*reading_order()).limit(limit + 1))]


def reading_order() -> tuple[ColumnElement[Any], ...]:
    """By the place in the text; what has none stands behind, in the order of the adding."""
    place: list[ColumnElement[Any]] = [Highlight.start_offset.is_(None), Highlight.start_offset.asc()]
    return (*place, Highlight.added_at.asc(), Highlight.id.asc())


def list_highlights(
    actor: Actor, filters: HighlightFilters, *, cursor: str | None = None, limit: int = 50
) -> Page[HighlightItem]:
    """What the filters let through, newest first."""
    limit = bounded_limit(limit)
    conditions = conditions_of(actor, filters)
    if conditions is None:
        return Page([])
    query = select_highlights().where(*conditions)
    if cursor:
        query = query.where(older_than(cursor))
    newest_first = (Highlight.added_at.desc(), Highlight.id.desc())
    items = [item_of(row) for row in db.rows(query.order_by(*newest_first).limit(limit + 1))]
    last = items[limit - 1] if len(items) > limit else None
    return Page(items[:limit], cursor_of(last.added_at, last.id) if last else None)


def conditions_of(actor: Actor, filters: HighlightFilters) -> list[ColumnElement[bool]] | None:
    """All that is demanded of a highlight and its page; None when nothing can match."""
    spaces = spaces_of(actor, filters)
    own = own_conditions(filters, spaces)
    if own is None or not spaces:
        return None
    conditions = [Highlight.space_id.in_(spaces), *own]
    if filters.bookmark_id is not None:
        conditions.append(Highlight.bookmark_id == filters.bookmark_id)
    if filters.site:
        conditions.append(Bookmark.site == filters.site)
    if filters.tag:
        tag_ids = tags.ids_with_descendants(actor, filters.tag, filters.space_id)
        if not tag_ids:
            return None
        conditions.append(tags.carries(Highlight.bookmark_id, tag_ids))
    return conditions


def own_conditions(
    filters: HighlightFilters, spaces: Collection[int], table: type[Highlight] = Highlight
) -> list[ColumnElement[bool]] | None:
    """What the highlight itself decides; ``table`` may be an alias."""
    conditions: list[ColumnElement[bool]] = [table.deleted_at.is_(None)]
    if filters.colour is not None:
        conditions.append(table.colour == filters.colour.value)
    if filters.text.strip():
        found = mentioning(search_index.matching(filters.text, spaces, HIGHLIGHT_KIND))
        if found is None:
            return None
        conditions.append(found.among(table.id))
    return conditions


def spaces_of(actor: Actor, filters: HighlightFilters) -> tuple[int, ...]:
    if filters.space_id is None:
        return tuple(sorted(actor.readable_spaces))
    actor.require_read(filters.space_id)
    return (filters.space_id,)


def cursor_of(added_at: datetime, highlight_id: int) -> str:
    return encode_cursor(added_at.isoformat(), highlight_id)


def older_than(cursor: str) -> ColumnElement[bool]:
    """The condition of what stands behind the cursor; raises Invalid for one of another list."""
    moment, last_id = decode_cursor(cursor, (str, int))
    try:
        added_at = datetime.fromisoformat(str(moment))
        if added_at.tzinfo is None:
            raise ValueError("a moment without a zone")
        there = tuple_(literal(added_at.astimezone(UTC), db.UtcDateTime()), literal(last_id))
    except (ValueError, OverflowError) as error:
        raise Invalid(fields={"cursor": [_("This cursor does not belong to this list.")]}) from error
    return tuple_(Highlight.added_at, Highlight.id) < there
