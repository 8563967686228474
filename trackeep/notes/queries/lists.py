"""Lists of notes by change or title, and what other pages show of them; each page by a constant number of queries."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, literal, select, true, tuple_, union_all

from trackeep.core import cache, db, search_index
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.paging import Page, bounded_limit, decode_cursor, encode_cursor
from trackeep.core.tokeniser import fold
from trackeep.notes.filters import Filters, Sort, View
from trackeep.notes.models import KIND, Note
from trackeep.notes.queries.access import shown_in, without_drafts
from trackeep.notes.queries.items import NoteItem, get_notes, select_items, with_tags
from trackeep.tags import service as tags

FEW = 2_000
"""From so many notes that mention a word a list starts; beyond, it is walked and each note is tested."""
LAST_LETTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class NoteHit:
    """A note as other pages mention it."""

    id: int
    space_id: int
    title: str
    excerpt: str
    encrypted: bool
    changed_at: datetime


LIST = cache.Resource("note_list", Page[NoteItem], ttl=300)
NEWEST = cache.Resource("newest_notes", list[NoteHit], ttl=300)
FOUND = cache.Resource("palette_notes", list[NoteHit], ttl=300)
_HIT = (Note.id, Note.space_id, Note.title, Note.excerpt, Note.encrypted, Note.changed_at)
_VIEWS: Mapping[View, ColumnElement[bool]] = {
    View.NOTES: ~Note.is_template,
    View.PINNED: Note.pinned & true(),
    View.TEMPLATES: Note.is_template & true(),
    View.DRAFTS: Note.is_draft & true(),
    View.DAILY: Note.daily_on.is_not(None),
    View.EVERYTHING: true(),
}


def list_notes(
    actor: Actor, filters: Filters, *, sort: Sort = Sort.CHANGED, cursor: str | None = None, limit: int = 50
) -> Page[NoteItem]:
    """One page of what the actor may see and the filters let through."""
    spaces, limit = _spaces(actor, filters.space_id), bounded_limit(limit)
    # Tags are looked for wherever the actor may read.
    looked_at = actor.readable_spaces if filters.tag else spaces
    asked = (spaces, without_drafts(actor, spaces), filters, sort, cursor, limit)
    return cache.answer(LIST, looked_at, asked, lambda: _listed(actor, filters, sort, cursor, limit))


def newest_notes(actor: Actor, view: View, limit: int, space_id: int | None = None) -> list[NoteHit]:
    """The notes of a view that changed last."""
    spaces = tuple(sorted(actor.readable_spaces if space_id is None else {space_id} & actor.readable_spaces))
    asked = (without_drafts(actor, spaces), view, limit)
    return cache.answer(NEWEST, spaces, asked, lambda: _hits_of(_ids(actor, spaces, [_VIEWS[view]], limit)))


def find_notes(actor: Actor, text: str, limit: int, space_id: int | None = None) -> list[NoteHit]:
    """Those whose title begins with the text, then those that mention its words, the last changed first."""
    spaces = tuple(sorted(actor.readable_spaces if space_id is None else {space_id} & actor.readable_spaces))
    asked = (without_drafts(actor, spaces), text, limit)
    return cache.answer(FOUND, spaces, asked, lambda: _found(actor, spaces, text, limit))


def hits(actor: Actor, ids: Sequence[int]) -> Mapping[int, NoteHit]:
    """Those of the ids that are the actor's to see and not in the trash."""
    found = get_notes(actor, ids)
    return {
        note.id: NoteHit(note.id, note.space_id, note.title, note.excerpt, note.encrypted, note.changed_at)
        for note in found.values()
    }


def _listed(actor: Actor, filters: Filters, sort: Sort, cursor: str | None, limit: int) -> Page[NoteItem]:
    spaces = _spaces(actor, filters.space_id)
    tests = _tests(actor, filters, spaces)
    if tests is None:
        return Page([])
    after = _after(sort, cursor) if cursor else None
    page = _ids(actor, spaces, [_VIEWS[filters.view], *tests], limit + 1, sort, after)
    if page is None:
        return Page([])
    found = page.subquery()
    query = select_items().add_columns(Note.title_key).join(found, found.c.id == Note.id)
    rows = db.rows(query.order_by(*_order(sort)))
    return Page(with_tags(rows[:limit]), _cursor(sort, rows[limit - 1]) if len(rows) > limit else None)


def _tests(actor: Actor, filters: Filters, spaces: Sequence[int]) -> list[ColumnElement[bool]] | None:
    """What other tables decide; None when nothing can match."""
    found: list[ColumnElement[bool]] = []
    if filters.tag:
        tag_ids = tags.ids_with_descendants(actor, filters.tag, filters.space_id)
        if not tag_ids:
            return None
        found.append(tags.carries(Note.id, tag_ids))
    if filters.text.strip():
        match = search_index.matching(filters.text, spaces, KIND)
        ids = match.ids(FEW)
        if ids is not None and not ids:
            return None
        found.append(match.each(Note.id) if ids is None else db.is_one_of(Note.id, ids))
    return found


def _ids(
    actor: Actor,
    spaces: Sequence[int],
    tests: Sequence[ColumnElement[bool]],
    limit: int,
    sort: Sort = Sort.CHANGED,
    after: ColumnElement[bool] | None = None,
) -> db.AnySelect | None:
    """The first rows of each space, from the index of the order, then the first of all; None without a space."""
    further = [] if after is None else [after]
    parts: list[db.AnySelect] = [
        select(Note.id, Note.changed_at, Note.title_key)
        .where(*_live(actor, space_id), *tests, *further)
        .order_by(*_order(sort))
        .limit(limit)
        for space_id in spaces
    ]
    if len(parts) < 2:
        return parts[0] if parts else None
    merged = union_all(*[select(part.subquery()) for part in parts]).subquery()
    return select(merged).order_by(*_order(sort, merged)).limit(limit)


def _live(actor: Actor, space_id: int) -> list[ColumnElement[bool]]:
    return [Note.space_id == space_id, Note.deleted_at.is_(None), *shown_in(actor, space_id)]


def _hits_of(ids: db.AnySelect | None) -> list[NoteHit]:
    if ids is None:
        return []
    found = ids.subquery()
    query = select(*_HIT).join(found, found.c.id == Note.id).order_by(*_order(Sort.CHANGED))
    return [NoteHit(*row) for row in db.rows(query)]


def _found(actor: Actor, spaces: tuple[int, ...], text: str, limit: int) -> list[NoteHit]:
    found = {hit.id: hit for hit in _titled(actor, spaces, text, limit)}
    if len(found) < limit and text.strip():
        match = search_index.matching(text, spaces, KIND)
        ids = match.ids(FEW)
        test = match.each(Note.id) if ids is None else db.is_one_of(Note.id, ids)
        found |= {hit.id: hit for hit in _hits_of(_ids(actor, spaces, [test], limit)) if hit.id not in found}
    return list(found.values())[:limit]


def _titled(actor: Actor, spaces: Sequence[int], text: str, limit: int) -> Iterator[NoteHit]:
    """By the index of titles, space by space."""
    start = fold(text)
    for space_id in spaces if start else ():
        here = _live(actor, space_id)
        range_ = (Note.title_key >= start, Note.title_key < start + LAST_LETTER)
        query = select(*_HIT).where(*here, *range_).order_by(Note.title_key, Note.id).limit(limit)
        yield from (NoteHit(*row) for row in db.rows(query))


def _spaces(actor: Actor, space_id: int | None) -> tuple[int, ...]:
    if space_id is None:
        return tuple(sorted(actor.readable_spaces))
    actor.require_read(space_id)
    return (space_id,)


def _order(sort: Sort, source: FromClause | None = None) -> list[ColumnElement[Any]]:
    columns = source.c if source is not None else Note
    if sort is Sort.TITLE:
        return [columns.title_key.asc(), columns.id.asc()]
    return [columns.changed_at.desc(), columns.id.desc()]


def _cursor(sort: Sort, row: db.AnyRow) -> str:
    return encode_cursor(row.title_key if sort is Sort.TITLE else row.changed_at.isoformat(), row.id)


def _after(sort: Sort, cursor: str) -> ColumnElement[bool]:
    value, last_id = decode_cursor(cursor, (str, int))
    if sort is Sort.TITLE:
        return tuple_(Note.title_key, Note.id) > tuple_(literal(value), literal(last_id))
    moment = literal(_moment(str(value)), db.UtcDateTime())
    return tuple_(Note.changed_at, Note.id) < tuple_(moment, literal(last_id))


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Invalid(fields={"cursor": [_("This cursor does not belong to this list.")]}) from error
