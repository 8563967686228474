"""What palette, trash and the home page show of highlights."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import func, select

from trackeep.bookmarks.highlights import HighlightFilters
from trackeep.bookmarks.models import Bookmark, Highlight
from trackeep.bookmarks.queries.highlights import (
    IN_PLACE,
    HighlightItem,
    get_highlights,
    list_highlights,
)
from trackeep.core import cache, db
from trackeep.core.actor import Actor

CHOSEN_AMONG = 2_000
TITLE = 200
FOUND = cache.Resource("palette_highlights", list[HighlightItem], ttl=300)
CHOSEN = cache.Resource("highlights_of_the_day", list[HighlightItem], ttl=3_600)


def find_highlights(actor: Actor, text: str, limit: int) -> list[HighlightItem]:
    """Those that hold the words of the text in quote or note, newest first."""
    return cache.answer(
        FOUND,
        actor.readable_spaces,
        (text, limit),
        lambda: list(list_highlights(actor, HighlightFilters(text=text), limit=limit).items),
    )


def highlights_of_the_day(actor: Actor, day: date, count: int, space_id: int | None = None) -> list[HighlightItem]:
    """A few of the newest, others every day and the same all day long."""
    spaces = actor.readable_spaces if space_id is None else {space_id} & actor.readable_spaces
    if not spaces:
        return []
    named = day.isoformat()
    return cache.answer(CHOSEN, spaces, (named, count), lambda: _chosen(actor, spaces, named, count))


def _chosen(actor: Actor, spaces: frozenset[int] | set[int], day: str, count: int) -> list[HighlightItem]:
    live = (Highlight.space_id.in_(spaces), Highlight.deleted_at.is_(None), Bookmark.deleted_at.is_(None))
    query = select(Highlight.id).join(Bookmark, IN_PLACE).where(*live)
    newest = query.order_by(Highlight.added_at.desc(), Highlight.id.desc()).limit(CHOSEN_AMONG)
    drawn = sorted((row.id for row in db.rows(newest)), key=lambda each: _lot(day, each))[:count]
    found = get_highlights(actor, drawn)
    return [found[each] for each in drawn if each in found]


def _lot(day: str, highlight_id: int) -> bytes:
    return hashlib.sha256(f"{day}:{highlight_id}".encode()).digest()


def trashed_quotes(actor: Actor, ids: Sequence[int]) -> Mapping[int, str]:
    """The beginnings of those that lie in the trash."""
    mine = (Highlight.id.in_(ids), (Highlight.space_id + 0).in_(actor.readable_spaces))
    beginning = func.substr(Highlight.quote, 1, TITLE).label("beginning")
    return {row.id: " ".join(row.beginning.split()) for row in db.rows(select(Highlight.id, beginning).where(*mine))}
