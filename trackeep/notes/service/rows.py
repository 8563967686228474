"""What several verbs do the same way: finding what may be changed, checking texts, writing them with all that follows
from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select, update

from trackeep.core import clock, db, search_index
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid, NotFound
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import take_turn_with, touch_objects
from trackeep.notes import signals
from trackeep.notes.errors import NoteSealed, NoteTooLong
from trackeep.notes.keys import title_key
from trackeep.notes.models import KIND, MAX_TITLE, Note
from trackeep.notes.service.links import rebuild_links
from trackeep.notes.service.versions import add_versions
from trackeep.notes.texts import clean_body, clean_title, excerpt_of, is_too_long

_TEXTS = ("title", "title_key", "excerpt", "size", "body")
_WRITE = (
    update(Note.__table__)  # type: ignore[arg-type]  # declared as FromClause, always a Table
    .where(Note.__table__.c.id == bindparam("note"))
    .values(changed_at=bindparam("changed"), **{name: bindparam(f"new_{name}") for name in _TEXTS})
)


@dataclass(frozen=True, slots=True)
class Text:
    """What a note is to say."""

    title: str
    body: str


class Writable(NamedTuple):
    """A live note that the actor may write, as it is inside the open unit of work."""

    id: int
    space_id: int
    parent_id: int | None
    title: str
    title_key: str
    body: str
    encrypted: bool
    sealed: Mapping[str, Any] | None
    is_template: bool
    is_draft: bool

    @property
    def text(self) -> Text:
        return Text(self.title, self.body)


_WRITABLE = tuple(getattr(Note, name) for name in Writable._fields)


def writable(actor: Actor, note_id: int) -> Writable:
    """Raises NotFound for what is not the actor's to see or in the trash, Forbidden for a viewer's."""
    take_turn_with([note_id])
    rows = db.rows(select(*_WRITABLE).where(Note.id == note_id, Note.deleted_at.is_(None)))
    if not rows:
        raise NotFound()
    _require_write(actor, rows)
    return Writable._make(rows[0])


def plain(actor: Actor, note_id: int) -> Writable:
    """The same for what must not be encrypted; raises NoteSealed."""
    note = writable(actor, note_id)
    if note.encrypted:
        raise NoteSealed()
    return note


def writable_ids(actor: Actor, note_ids: Iterable[int], *, trashed: bool = False) -> list[int]:
    """Those of the ids that are live, or in the trash; raises NotFound when one is not the actor's to see."""
    wanted = sorted(set(note_ids))
    take_turn_with(wanted)
    state = Note.deleted_at.is_not(None) if trashed else Note.deleted_at.is_(None)
    query = select(Note.id, Note.space_id, Note.is_draft, state.label("in_state")).where(db.is_one_of(Note.id, wanted))
    rows = db.rows(query.order_by(Note.id))
    if len(rows) != len(wanted):
        raise NotFound()
    _require_write(actor, rows)
    return [row.id for row in rows if row.in_state]


def _require_write(actor: Actor, rows: Iterable[db.AnyRow]) -> None:
    """A draft does not exist for those who may only read."""
    for row in rows:
        if row.is_draft and not actor.can_write(row.space_id):
            raise NotFound()
        actor.require_write(row.space_id)


def checked_title(title: str) -> str:
    title = clean_title(title)
    if not title:
        raise Invalid(fields={"title": [_("A note needs a title.")]})
    if len(title) > MAX_TITLE:
        words = _("At most %(limit)s characters; this has %(length)s.", limit=MAX_TITLE, length=len(title))
        raise Invalid(fields={"title": [words]})
    return title


def checked_body(body: str) -> str:
    """Raises NoteTooLong."""
    if is_too_long(body):
        raise NoteTooLong()
    return clean_body(body)


def text_columns(text: Text) -> dict[str, Any]:
    """The columns that follow from a text."""
    return {
        "title": text.title,
        "title_key": title_key(text.title),
        "excerpt": excerpt_of(text.body),
        "size": len(text.body.encode()),
        "body": text.body,
    }


def write_texts(
    actor: Actor, space_id: int, texts: Mapping[int, Text], *, apart: bool = False, keep_versions: bool = True
) -> None:
    """Let these notes of one space say this, with their versions, links and what is found of them. With ``apart`` it is
    a version of its own however soon it follows another. Encrypted notes, of which only the title changes, keep no
    versions."""
    if not texts:
        return
    now = clock.now()
    changes = [
        {"note": note_id, "changed": now, **{f"new_{name}": value for name, value in text_columns(text).items()}}
        for note_id, text in texts.items()
    ]
    db.write(_WRITE, changes)
    if keep_versions:
        add_versions(actor, _pairs(texts), apart=apart)
    connect(space_id, texts, now)
    touch_objects(texts)
    signals.notes_changed.announce(ids=list(texts))


def follow_texts(actor: Actor, space_id: int, texts: Mapping[int, Text]) -> None:
    """What follows from the texts of notes that have just been made."""
    add_versions(actor, _pairs(texts))
    connect(space_id, texts, clock.now())


def connect(space_id: int, texts: Mapping[int, Text], changed_at: datetime) -> None:
    """Note what these texts mention, and what of them can be found."""
    rebuild_links(space_id, {note_id: text.body for note_id, text in texts.items()})
    search_index.index_documents([document(note_id, space_id, text, changed_at) for note_id, text in texts.items()])


def _pairs(texts: Mapping[int, Text]) -> dict[int, tuple[str, str]]:
    return {note_id: (text.title, text.body) for note_id, text in texts.items()}


def document(note_id: int, space_id: int, text: Text, changed_at: datetime) -> search_index.Document:
    return search_index.Document(
        object_id=note_id, space_id=space_id, kind=KIND, title=text.title, text=text.body, happened=changed_at
    )


def index_again(ids: Sequence[int]) -> None:
    """Write the search documents of these notes anew; of an encrypted one only the title is known."""
    for start in range(0, len(ids), 100):
        query = select(Note.id, Note.space_id, Note.title, Note.body, Note.changed_at)
        rows = db.rows(query.where(db.is_one_of(Note.id, ids[start : start + 100])))
        search_index.index_documents(
            [document(row.id, row.space_id, Text(row.title, row.body), row.changed_at) for row in rows]
        )
