"""Quotes that an import brings: many at once, without a place until somebody opens the article."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from trackeep.bookmarks.anchoring import squeezed
from trackeep.bookmarks.drafts import Draft, Quote
from trackeep.bookmarks.errors import TooManyHighlights
from trackeep.bookmarks.highlights import MAX_NOTE, MAX_QUOTE, PER_BOOKMARK, Colour
from trackeep.bookmarks.models import Bookmark, Highlight
from trackeep.bookmarks.service.highlight_rows import BATCH, insert_highlights, quote_key, room_in, visible
from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.objects import take_turn

COLOURS = frozenset(Colour)


def add_quotes(actor: Actor, space_id: int, pairs: Sequence[tuple[int, Quote]]) -> list[int]:
    """Add (bookmark, quote) pairs by few statements for each 500, inside the caller's unit of work. Answers the ids of
    what was added: quotes that the bookmark has already, that say nothing, or that are beyond what a bookmark may have
    are left out. What is too long is cut, an unknown colour is yellow. Raises NotFound unless all of the bookmarks are
    live ones of the space."""
    actor.require_write(space_id)
    made: list[int] = []
    with db.unit_of_work():
        take_turn(space_id)
        for start in range(0, len(pairs), BATCH):
            made += _add(actor, space_id, pairs[start : start + BATCH])
    return made


def add_quotes_of(actor: Actor, space_id: int, ids: Sequence[int], drafts: Sequence[Draft]) -> None:
    """The quotes of drafts that were saved under these ids just now. Raises TooManyHighlights."""
    if any(len(draft.highlights) > PER_BOOKMARK for draft in drafts):
        raise TooManyHighlights()
    pairs = [(i, quote) for i, draft in zip(ids, drafts, strict=True) for quote in draft.highlights]
    if pairs:
        add_quotes(actor, space_id, pairs)


def _add(actor: Actor, space_id: int, pairs: Sequence[tuple[int, Quote]]) -> Sequence[int]:
    ids = sorted({bookmark_id for bookmark_id, _quote in pairs})
    _check_live(space_id, ids)
    room, known = room_in(ids), _known(ids)
    rows: list[dict[str, Any]] = []
    for bookmark_id, quote in pairs:
        row = _row(bookmark_id, quote)
        key = (bookmark_id, row["quote_key"])
        if squeezed(row["quote"]) and key not in known and room[bookmark_id] > 0:
            known.add(key)
            room[bookmark_id] -= 1
            rows.append(row)
    return insert_highlights(actor, space_id, rows) if rows else []


def _row(bookmark_id: int, quote: Quote) -> dict[str, Any]:
    words = visible(quote.text)[:MAX_QUOTE].rstrip()
    return {
        "bookmark_id": bookmark_id,
        "quote": words,
        "quote_key": quote_key(words),
        "prefix": "",
        "suffix": "",
        "start_offset": None,
        "end_offset": None,
        "colour": quote.colour if quote.colour in COLOURS else Colour.YELLOW.value,
        "note": visible(quote.note)[:MAX_NOTE].rstrip(),
        "added_at": quote.added_at or clock.now(),
    }


def _check_live(space_id: int, ids: Sequence[int]) -> None:
    live = select(Bookmark.id).where(Bookmark.id.in_(ids), Bookmark.space_id == space_id, Bookmark.deleted_at.is_(None))
    if len(db.session().scalars(live).all()) != len(ids):
        raise NotFound()


def _known(ids: Sequence[int]) -> set[tuple[int, str]]:
    there = select(Highlight.bookmark_id, Highlight.quote_key).where(
        Highlight.bookmark_id.in_(ids), Highlight.deleted_at.is_(None)
    )
    return {(row.bookmark_id, row.quote_key) for row in db.session().execute(there)}
