"""Rows and search documents of highlights, and how they follow the page that they are on."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func, insert, select, update

from trackeep.bookmarks.anchoring import squeezed
from trackeep.bookmarks.errors import TooManyHighlights
from trackeep.bookmarks.highlights import MAX_NOTE, MAX_QUOTE, PER_BOOKMARK
from trackeep.bookmarks.models import HIGHLIGHT_KIND, Bookmark, Highlight
from trackeep.core import db, search_index
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import Object, create_objects, purge_objects, touch_objects

BATCH = 500
_INSERT = insert(Highlight.__table__)  # type: ignore[arg-type]  # declared as FromClause, always a Table
# The same as in every field that comes in: verbs are called by imports as well, whose texts no schema has seen.
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def visible(text: str) -> str:
    """Without the characters that no database takes, and without space around it."""
    return _HIDDEN.sub("", text).strip()


def checked_quote(text: str) -> str:
    """Raises Invalid for a quote without a visible character and for one that is too long."""
    quote = visible(text)
    if not squeezed(quote):
        raise Invalid(fields={"quote": [_("Mark at least one character.")]})
    if len(quote) > MAX_QUOTE:
        raise Invalid(fields={"quote": [_too_long(MAX_QUOTE, len(quote))]})
    return quote


def checked_note(text: str) -> str:
    note = visible(text)
    if len(note) > MAX_NOTE:
        raise Invalid(fields={"note": [_too_long(MAX_NOTE, len(note))]})
    return note


def _too_long(limit: int, length: int) -> str:
    return str(_("At most %(limit)s characters; this has %(length)s.", limit=limit, length=length))


def quote_key(quote: str) -> str:
    """By which the same words are known, however they are broken into lines."""
    return hashlib.sha256(squeezed(quote).encode()).hexdigest()


def insert_highlights(actor: Actor, space_id: int, rows: list[dict[str, Any]]) -> Sequence[int]:
    """Inside the open unit of work; ``rows`` have all columns but ids."""
    ids = create_objects(HIGHLIGHT_KIND, space_id, actor, len(rows))
    for object_id, row in zip(ids, rows, strict=True):
        row |= {"id": object_id, "space_id": space_id}
    db.write(_INSERT, rows)
    search_index.index_documents([document(row) for row in rows])
    return ids


def document(row: dict[str, Any]) -> search_index.Document:
    """What of a highlight can be found."""
    return search_index.Document(
        object_id=row["id"],
        space_id=row["space_id"],
        kind=HIGHLIGHT_KIND,
        title=row["quote"],
        text=row["note"],
        happened=row["added_at"],
    )


def index_highlights(ids: Sequence[int]) -> None:
    """Write the search documents of those that are shown anew, inside the open unit of work."""
    table = Highlight.__table__
    shown = select(table).join(Bookmark, Bookmark.id == Highlight.bookmark_id)
    shown = shown.where(Bookmark.deleted_at.is_(None), Highlight.deleted_at.is_(None))
    for start in range(0, len(ids), BATCH):
        rows = db.session().execute(shown.where(Highlight.id.in_(ids[start : start + BATCH])))
        search_index.index_documents([document(dict(row._mapping)) for row in rows])


def room_in(bookmark_ids: Sequence[int]) -> dict[int, int]:
    """How many more highlights each of these pages may have. The caller has the turn of their space."""
    counted = (
        select(Highlight.bookmark_id, func.count().label("number"))
        .where(Highlight.bookmark_id.in_(bookmark_ids), Highlight.deleted_at.is_(None))
        .group_by(Highlight.bookmark_id)
    )
    there = {row.bookmark_id: row.number for row in db.session().execute(counted)}
    return {bookmark_id: PER_BOOKMARK - there.get(bookmark_id, 0) for bookmark_id in bookmark_ids}


def require_room(bookmark_id: int) -> None:
    if room_in([bookmark_id])[bookmark_id] < 1:
        raise TooManyHighlights()


def hide_with(bookmark_ids: Sequence[int]) -> None:
    """Their pages go to the trash."""
    for ids in _batches_of(bookmark_ids):
        search_index.remove_documents(ids)


def show_with(bookmark_ids: Sequence[int]) -> None:
    """Their pages come back."""
    for ids in _batches_of(bookmark_ids):
        index_highlights(ids)


def purge_with(bookmark_ids: Sequence[int]) -> None:
    """Their pages go for good. The rows would go by their key, but not the objects."""
    for ids in _batches_of(bookmark_ids):
        purge_objects(ids)


def move_with(bookmark_ids: Sequence[int], to_space: int) -> None:
    """Their pages move to another space."""
    for ids in _batches_of(bookmark_ids):
        change = update(Object).where(Object.id.in_(ids)).values(space_id=to_space)
        db.session().execute(change.execution_options(synchronize_session=False))
        search_index.move_documents(ids, to_space)
        touch_objects(ids)


def hand_over(bookmark_ids: Sequence[int], to_bookmark: int) -> dict[int, int]:
    """Highlights of these pages stand with another bookmark of the same page; answers the former page of each."""
    mine = (Highlight.bookmark_id.in_(bookmark_ids), Highlight.deleted_at.is_(None))
    rows = db.session().execute(select(Highlight.id, Highlight.bookmark_id).where(*mine)).all()
    change = update(Highlight).where(*mine).values(bookmark_id=to_bookmark)
    db.session().execute(change.execution_options(synchronize_session=False))
    return {row.id: row.bookmark_id for row in rows}


def _batches_of(bookmark_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """The ids of all highlights on these pages, also of those in the trash."""
    last = 0
    while True:
        step = select(Highlight.id).where(Highlight.bookmark_id.in_(bookmark_ids), Highlight.id > last)
        ids = db.session().scalars(step.order_by(Highlight.id).limit(BATCH)).all()
        if ids:
            yield ids
            last = ids[-1]
        if len(ids) < BATCH:
            return
