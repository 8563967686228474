"""One note as lists and its page show it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import select

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.objects import Object
from trackeep.notes.models import Note
from trackeep.notes.queries.access import is_shown, without_drafts
from trackeep.tags import service as tags

TagRef = tags.TagRef


class NoteItem(NamedTuple):
    """A note without its text. ``version`` is that of its text; ``size`` is in bytes."""

    id: int
    space_id: int
    parent_id: int | None
    title: str
    excerpt: str
    size: int
    pinned: bool
    is_template: bool
    is_draft: bool
    daily_on: date | None
    encrypted: bool
    changed_at: datetime
    created_at: datetime
    created_by: int | None
    version: int
    tags: Sequence[TagRef] = ()


class NoteText(NamedTuple):
    """What a note says. ``sealed`` is what the browser made of the text of an encrypted one."""

    body: str
    sealed: Mapping[str, Any] | None


COLUMNS = (
    Note.id,
    Note.space_id,
    Note.parent_id,
    Note.title,
    Note.excerpt,
    Note.size,
    Note.pinned,
    Note.is_template,
    Note.is_draft,
    Note.daily_on,
    Note.encrypted,
    Note.changed_at,
    Object.created_at,
    Object.created_by,
    Object.content_version.label("version"),
)
_ITEMS: db.AnySelect = select(*COLUMNS).join(Object, Object.id == Note.id)


def select_items() -> db.AnySelect:
    return _ITEMS


def get_note(actor: Actor, note_id: int) -> NoteItem:
    """Raises NotFound also for what is in the trash or not to be seen by the actor."""
    found = get_notes(actor, [note_id])
    if note_id not in found:
        raise NotFound()
    return found[note_id]


def get_notes(actor: Actor, ids: Sequence[int]) -> Mapping[int, NoteItem]:
    """Those of the ids that the actor may see."""
    if not ids:
        return {}
    rows = db.rows(_visible(db.dialect()), _asked(actor, ids))
    return {item.id: item for item in with_tags(rows)}


def read_note(actor: Actor, note_id: int) -> tuple[NoteItem, NoteText]:
    """A note with its text, by one query: what it says is what its version says."""
    rows = db.rows(_visible(db.dialect()).add_columns(Note.body, Note.sealed), _asked(actor, [note_id]))
    if not rows:
        raise NotFound()
    return with_tags(rows)[0], NoteText(rows[0].body, rows[0].sealed if rows[0].encrypted else None)


@lru_cache
def _visible(_dialect: str) -> db.AnySelect:
    # Adding 0 takes the space's index away from the planner, which would read all of a large space by it.
    mine = (db.is_one_of(Note.id, "ids"), db.is_one_of(Note.space_id + 0, "spaces"), is_shown("limited"))
    return select_items().where(*mine, Note.deleted_at.is_(None))


def _asked(actor: Actor, ids: Sequence[int]) -> dict[str, list[int]]:
    spaces = actor.readable_spaces
    return {"ids": list(ids), "spaces": list(spaces), "limited": list(without_drafts(actor, spaces))}


def with_tags(rows: Sequence[db.AnyRow]) -> list[NoteItem]:
    """The rows with their tags, by one query."""
    tagged = tags.tags_of([row.id for row in rows])
    # The columns stand in the order of the fields.
    return [NoteItem._make((*row[: len(COLUMNS)], tagged.get(row.id, []))) for row in rows]


def hidden_ids(actor: Actor, ids: Sequence[int]) -> set[int]:
    """Those of the ids that are drafts where the actor may only read."""
    query = select(Note.id).where(db.is_one_of(Note.id, "ids"), ~is_shown("limited"))
    values = {"ids": list(ids), "limited": list(without_drafts(actor, actor.readable_spaces))}
    return {row.id for row in db.rows(query, values)}


def trashed_titles(actor: Actor, ids: Sequence[int]) -> Mapping[int, str]:
    """The titles of what lies in the trash."""
    mine = (db.is_one_of(Note.id, "ids"), db.is_one_of(Note.space_id + 0, "spaces"), is_shown("limited"))
    return {row.id: row.title for row in db.rows(select(Note.id, Note.title).where(*mine), _asked(actor, ids))}
