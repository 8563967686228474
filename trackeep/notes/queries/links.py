"""What notes mention each other, and which names lead nowhere yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, literal, select

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.paging import Page, bounded_limit, decode_cursor, encode_cursor
from trackeep.notes.keys import title_key
from trackeep.notes.models import Note, NoteLink
from trackeep.notes.queries.access import shown_in
from trackeep.notes.queries.items import get_note

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Backlink:
    """A place where another note mentions this one: the line, and what stands in it around the link."""

    note_id: int
    title: str
    line: int
    context: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A link of a note; ``target_id`` is null while no note has this name."""

    title: str
    heading: str
    line: int
    embedded: bool
    target_id: int | None
    target_title: str | None


@dataclass(frozen=True, slots=True)
class Missing:
    """A name that notes mention and none has, with the number of mentions."""

    title: str
    mentions: int


def list_backlinks(actor: Actor, note_id: int, *, cursor: str | None = None, limit: int = 50) -> Page[Backlink]:
    """Newest note first, line by line."""
    shown = shown_in(actor, get_note(actor, note_id).space_id)
    count = bounded_limit(limit)
    source = Note.id.label("source_id")
    query: db.AnySelect = select(source, NoteLink.ordinal, Note.title, NoteLink.line, NoteLink.context)
    query = query.join(Note, Note.id == NoteLink.source_id)
    query = query.where(NoteLink.target_id == note_id, Note.deleted_at.is_(None), *shown)
    if cursor:
        last_id, ordinal = decode_cursor(cursor, (int, int))
        further = (NoteLink.source_id == last_id) & (NoteLink.ordinal > ordinal)
        query = query.where((NoteLink.source_id < last_id) | further)
    rows = db.rows(query.order_by(NoteLink.source_id.desc(), NoteLink.ordinal).limit(count + 1))
    items = [Backlink(row.source_id, row.title, row.line, row.context) for row in rows[:count]]
    last = rows[count - 1] if len(rows) > count else None
    return Page(items, encode_cursor(last.source_id, last.ordinal) if last else None)


def count_backlinks(actor: Actor, note_id: int) -> int:
    """How many notes mention this one."""
    shown = shown_in(actor, get_note(actor, note_id).space_id)
    query = select(func.count(NoteLink.source_id.distinct())).join(Note, Note.id == NoteLink.source_id)
    return int(db.rows(query.where(NoteLink.target_id == note_id, Note.deleted_at.is_(None), *shown))[0][0])


def list_outgoing(actor: Actor, note_id: int, *, cursor: str | None = None, limit: int = 100) -> Page[Outgoing]:
    """The links of a note in their order. One to a draft that the actor does not see leads nowhere."""
    shown = shown_in(actor, get_note(actor, note_id).space_id)
    count = bounded_limit(limit)
    query: db.AnySelect = select(
        NoteLink.ordinal,
        NoteLink.target_title,
        NoteLink.heading,
        NoteLink.line,
        NoteLink.embedded,
        Note.id,
        Note.title,
    )
    query = query.outerjoin(Note, and_(Note.id == NoteLink.target_id, *shown)).where(NoteLink.source_id == note_id)
    if cursor:
        (last,) = decode_cursor(cursor, (int,))
        query = query.where(NoteLink.ordinal > last)
    rows = db.rows(query.order_by(NoteLink.ordinal).limit(count + 1))
    items = [Outgoing(*row[1:]) for row in rows[:count]]
    return Page(items, encode_cursor(rows[count - 1].ordinal) if len(rows) > count else None)


def list_missing(actor: Actor, space_id: int, *, cursor: str | None = None, limit: int = 50) -> Page[Missing]:
    """The names that lead nowhere yet, in their order; embedded files are none of them."""
    actor.require_read(space_id)
    count, key = bounded_limit(limit), NoteLink.target_key
    seen = select(Note.id).where(Note.space_id == space_id, Note.deleted_at.is_(None), *shown_in(actor, space_id))
    query: db.AnySelect = select(key, func.min(NoteLink.target_title).label("title"), func.count().label("mentions"))
    # Adding 0 has the notes gathered once, not looked for at each of so many mentions.
    query = query.where(*_open_in(space_id), (NoteLink.source_id + 0).in_(seen))
    if cursor:
        query = query.where(key > literal(str(decode_cursor(cursor, (str,))[0])))
    rows = db.rows(query.group_by(key).order_by(key).limit(count + 1))
    following = encode_cursor(rows[count - 1].target_key) if len(rows) > count else None
    return Page([Missing(row.title, row.mentions) for row in rows[:count]], following)


def _open_in(space_id: int) -> Sequence[ColumnElement[bool]]:
    return (NoteLink.space_id == space_id, NoteLink.target_id.is_(None), ~NoteLink.embedded)


def resolve_titles(actor: Actor, space_id: int, titles: Sequence[str]) -> dict[str, int]:
    """Which notes of the space links with these titles mean; names without a note are left out."""
    actor.require_read(space_id)
    return resolved(space_id, {(title_key(title), title) for title in titles}, shown_in(actor, space_id))


def resolved(space_id: int, names: set[tuple[str, str]], shown: Sequence[ColumnElement[bool]] = ()) -> dict[str, int]:
    """The same for folded and written titles, of a space that the caller has checked."""
    candidates = _candidates(space_id, sorted({key for key, _title in names}), shown)
    return {title: there.get(title, there[""]) for key, title in names if (there := candidates.get(key)) is not None}


def _candidates(
    space_id: int, keys: Sequence[str], shown: Sequence[ColumnElement[bool]]
) -> Mapping[str, dict[str, int]]:
    """By key the oldest note of each spelling, and the oldest of all under the empty name."""
    found: dict[str, dict[str, int]] = {}
    for start in range(0, len(keys), _BATCH):
        here = (Note.space_id == space_id, Note.title_key.in_(keys[start : start + _BATCH]))
        query = select(Note.title_key, Note.title, Note.id).where(*here, Note.deleted_at.is_(None), *shown)
        for key, title, note_id in db.rows(query.order_by(Note.title_key, Note.id)):
            there = found.setdefault(key, {"": note_id})
            there.setdefault(title, note_id)
    return found
