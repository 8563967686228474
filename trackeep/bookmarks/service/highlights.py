"""Marking passages of a page, their notes and colours, trash, and their places after the text has changed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select, update

from trackeep.bookmarks import queries, signals
from trackeep.bookmarks.anchoring import EFFORT, Anchorer, Selector, context_of
from trackeep.bookmarks.highlights import CONTEXT, PER_BOOKMARK, Colour, Passage
from trackeep.bookmarks.models import Bookmark, Highlight
from trackeep.bookmarks.service.highlight_rows import (
    BATCH,
    checked_note,
    checked_quote,
    index_highlights,
    insert_highlights,
    quote_key,
    require_room,
    room_in,
    visible,
)
from trackeep.core import clock, db, search_index
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound, PreconditionRequired
from trackeep.core.objects import (
    expect_version,
    purge_objects,
    restore_objects,
    take_turn,
    take_turn_with,
    touch_objects,
    touch_spaces_of,
    trash_objects,
)

_LARGEST = 2**31 - 1
PATIENCE = 20
"""A job may look so much longer than a page that somebody waits for."""


def add_highlight(actor: Actor, bookmark_id: int, passage: Passage) -> int:
    """Mark a passage. Where the page has an article the passage is looked for in it, so that its place is right
    whatever the client counted. Raises Invalid for a quote that says nothing, TooManyHighlights for a full page."""
    bookmark = queries.get_bookmark(actor, bookmark_id)
    actor.require_write(bookmark.space_id)
    row = _row(bookmark_id, passage) | {"note": checked_note(passage.note)}
    text = queries.article_texts([bookmark_id]).get(bookmark_id, "")
    row |= _anchored(row, text) if text else {}
    with db.unit_of_work():
        take_turn(bookmark.space_id)
        _require_live(bookmark_id, bookmark.space_id)
        require_room(bookmark_id)
        highlight_id = insert_highlights(actor, bookmark.space_id, [row])[0]
        # Whoever takes an import back must not lose what was marked since.
        touch_objects([bookmark_id], marks_only=True)
        signals.highlights_changed.announce(ids=[highlight_id], bookmark_ids=[bookmark_id])
    return highlight_id


def edit_highlight(
    actor: Actor,
    highlight_id: int,
    *,
    colour: Colour | None = None,
    note: str | None = None,
    version: int | None = None,
) -> None:
    """Change its colour (the last one wins) or its note. A note needs the ``version`` that was edited
    (PreconditionRequired without, Conflict with both texts when it is stale)."""
    before = queries.get_highlight(actor, highlight_id)
    actor.require_write(before.space_id)
    if note is not None and version is None:
        raise PreconditionRequired()
    values = {"note": checked_note(note)} if note is not None else {}
    if colour is not None:
        values["colour"] = colour.value
    with db.unit_of_work() as session:
        take_turn(before.space_id)
        if note is not None and version is not None:
            expect_version(highlight_id, version, yours={"note": note}, theirs={"note": before.note})
        if values:
            session.execute(update(Highlight).where(Highlight.id == highlight_id).values(**values))
            touch_objects([highlight_id], marks_only=note is None)
            signals.highlights_changed.announce(ids=[highlight_id], bookmark_ids=[before.bookmark_id])
        if note is not None:
            index_highlights([highlight_id])


def trash_highlights(actor: Actor, highlight_ids: Iterable[int]) -> int:
    """Move to the trash; what is there already stays there."""
    with db.unit_of_work():
        ids = _writable(actor, highlight_ids)
        if ids:
            _set_deleted(ids, deleted=True)
            trash_objects(ids)
            search_index.remove_documents(ids)
            signals.highlights_changed.announce(ids=ids, bookmark_ids=_pages_of(ids))
    return len(ids)


def restore_highlights(actor: Actor, highlight_ids: Iterable[int]) -> int:
    """Bring back from the trash, as far as their pages have room for them. Those of a page that is in the trash itself
    are seen again when it comes back."""
    with db.unit_of_work():
        ids = _with_room(_writable(actor, highlight_ids, trashed=True))
        if ids:
            _set_deleted(ids, deleted=False)
            restore_objects(ids)
            index_highlights(ids)
            signals.highlights_changed.announce(ids=ids, bookmark_ids=_pages_of(ids))
    return len(ids)


def purge_highlights(actor: Actor, highlight_ids: Iterable[int]) -> int:
    """Delete for good what is in the trash."""
    with db.unit_of_work():
        ids = _writable(actor, highlight_ids, trashed=True)
        purge_objects(ids)
    return len(ids)


def unmake_highlights(actor: Actor, before: Mapping[int, dict[str, Any]]) -> None:
    """The restorer of the undo journal: what an import has made goes to the trash, what a merge has moved goes back
    to its page."""
    trash_highlights(actor, [each for each, state in before.items() if not state])
    pages: dict[int, list[int]] = defaultdict(list)
    for highlight_id, state in before.items():
        if state:
            pages[state["bookmark_id"]].append(highlight_id)
    for bookmark_id, ids in pages.items():
        mine = _writable(actor, ids)
        # Who has moved one of both to another space since has parted them.
        here = select(Bookmark.space_id).where(Bookmark.id == bookmark_id).scalar_subquery()
        back = update(Highlight).where(Highlight.id.in_(mine), Highlight.space_id == here)
        db.session().execute(back.values(bookmark_id=bookmark_id).execution_options(synchronize_session=False))
        touch_objects(mine)


def anchor_highlights(bookmark_id: int) -> int:
    """After the article of a page has changed: keep the places where its highlights are now. What cannot be found keeps
    the place that it had. Answers how many have moved."""
    text = queries.article_texts([bookmark_id]).get(bookmark_id, "")
    if not text:
        return 0
    columns = (Highlight.id, Highlight.quote, Highlight.prefix, Highlight.suffix)
    offsets = (Highlight.start_offset, Highlight.end_offset)
    here = (Highlight.bookmark_id == bookmark_id, Highlight.deleted_at.is_(None))
    moved = _moved(db.rows(select(*columns, *offsets).where(*here).limit(PER_BOOKMARK)), text)
    if moved:
        with db.unit_of_work() as session:
            take_turn_with([bookmark_id])
            for start in range(0, len(moved), BATCH):
                session.execute(update(Highlight), moved[start : start + BATCH])
            touch_spaces_of([bookmark_id])
    return len(moved)


def _moved(rows: Sequence[Any], text: str) -> list[dict[str, Any]]:
    anchorer, moved = Anchorer(text, EFFORT * PATIENCE), []
    for row in rows:
        place = anchorer.find(Selector(quote=row.quote, prefix=row.prefix, suffix=row.suffix, start=row.start_offset))
        if place and (place.start, place.end) != (row.start_offset, row.end_offset):
            prefix, suffix = context_of(text, place, CONTEXT)
            there = {"start_offset": place.start, "end_offset": place.end, "prefix": prefix, "suffix": suffix}
            moved.append({"id": row.id, **there})
    return moved


def _row(bookmark_id: int, passage: Passage) -> dict[str, Any]:
    quote = checked_quote(passage.quote)
    start, end = passage.start, passage.end
    known = start is not None and end is not None and 0 <= start < end <= _LARGEST
    return {
        "bookmark_id": bookmark_id,
        "quote": quote,
        "quote_key": quote_key(quote),
        "prefix": visible(passage.prefix)[-CONTEXT:],
        "suffix": visible(passage.suffix)[:CONTEXT],
        "start_offset": start if known else None,
        "end_offset": end if known else None,
        "colour": passage.colour.value,
        "added_at": passage.added_at or clock.now(),
    }


def _anchored(row: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Where the passage is in the text, and what stands around it there."""
    selector = Selector(
        quote=row["quote"], prefix=row["prefix"], suffix=row["suffix"], start=row["start_offset"], end=row["end_offset"]
    )
    place = Anchorer(text).find(selector)
    if place is None:
        return {}
    prefix, suffix = context_of(text, place, CONTEXT)
    return {"start_offset": place.start, "end_offset": place.end, "prefix": prefix, "suffix": suffix}


def _require_live(bookmark_id: int, space_id: int) -> None:
    live = (Bookmark.id == bookmark_id, Bookmark.space_id == space_id, Bookmark.deleted_at.is_(None))
    if db.session().scalar(select(Bookmark.id).where(*live)) is None:
        raise NotFound()


def _writable(actor: Actor, highlight_ids: Iterable[int], *, trashed: bool = False) -> list[int]:
    wanted = set(highlight_ids)
    take_turn_with(wanted)
    state = Highlight.deleted_at.is_not(None) if trashed else Highlight.deleted_at.is_(None)
    columns = (Highlight.id, Highlight.space_id, state.label("in_state"))
    rows = db.session().execute(select(*columns).where(Highlight.id.in_(wanted)).order_by(Highlight.id)).all()
    if len(rows) != len(wanted):
        raise NotFound()
    for space_id in {row.space_id for row in rows}:
        actor.require_write(space_id)
    return [row.id for row in rows if row.in_state]


def _set_deleted(ids: Sequence[int], *, deleted: bool) -> None:
    change = update(Highlight).where(Highlight.id.in_(ids)).values(deleted_at=clock.now() if deleted else None)
    db.session().execute(change.execution_options(synchronize_session=False))


def _with_room(ids: Sequence[int]) -> list[int]:
    rows = db.session().execute(
        select(Highlight.id, Highlight.bookmark_id).where(Highlight.id.in_(ids)).order_by(Highlight.id)
    )
    pairs = [(row.id, row.bookmark_id) for row in rows]
    room, fitting = room_in(sorted({page for _id, page in pairs})), []
    for highlight_id, page in pairs:
        if room[page] > 0:
            room[page] -= 1
            fitting.append(highlight_id)
    return fitting


def _pages_of(ids: Collection[int]) -> list[int]:
    return list(db.session().scalars(select(Highlight.bookmark_id).where(Highlight.id.in_(ids)).distinct()))
