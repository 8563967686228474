"""Making notes: by hand, from a template, by a name that leads nowhere yet, for a day, many at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import create_objects, take_turn
from trackeep.notes import queries, signals
from trackeep.notes.drafts import NoteDraft
from trackeep.notes.errors import NoteSealed
from trackeep.notes.models import KIND, Note
from trackeep.notes.service.links import settle_links
from trackeep.notes.service.places import GAP, check_parents, last_positions
from trackeep.notes.service.rows import Text, checked_body, checked_title, follow_texts, text_columns
from trackeep.notes.texts import clean_title, filled, title_of
from trackeep.tags import service as tags

_INSERT = insert(Note.__table__)  # type: ignore[arg-type]  # declared as FromClause, always a Table


def create_note(actor: Actor, space_id: int, draft: NoteDraft) -> int:
    """The id of a new note. Links that have waited for its title lead to it from now on."""
    return create_many(actor, space_id, [draft])[0]


def create_many(actor: Actor, space_id: int, drafts: Sequence[NoteDraft]) -> list[int]:
    """The ids of up to 500 new notes, in the order of the drafts, by few statements; parents must be there."""
    actor.require_write(space_id)
    if not drafts:
        return []
    with db.unit_of_work():
        take_turn(space_id)
        check_parents(actor, space_id, {draft.parent_id for draft in drafts if draft.parent_id is not None})
        texts = [_text(draft) for draft in drafts]
        ids = list(create_objects(KIND, space_id, actor, len(drafts)))
        rows = _rows(space_id, ids, drafts, texts)
        db.write(_INSERT, rows)
        follow_texts(actor, space_id, dict(zip(ids, texts, strict=True)))
        settle_links(space_id, [row["title_key"] for row in rows])
        _tag(actor, space_id, {note_id: draft.tags for note_id, draft in zip(ids, drafts, strict=True) if draft.tags})
        for note_id in ids:
            signals.note_created.announce(id=note_id, space_id=space_id)
    return ids


def create_from_template(actor: Actor, space_id: int, template_id: int, wanted: NoteDraft) -> int:
    """A note that says what the template says, with ``{{title}}``, ``{{date}}`` and ``{{time}}`` filled in. Its title,
    its place and whether it is a draft are those that are wanted."""
    draft = _from_template(actor, template_id, wanted.title or None)
    return create_note(actor, space_id, replace(draft, parent_id=wanted.parent_id, is_draft=wanted.is_draft))


def ensure_note(actor: Actor, space_id: int, title: str, *, parent_id: int | None = None) -> tuple[int, bool]:
    """The note that a link with this title means, made when there is none, and whether it was made."""
    actor.require_write(space_id)
    title = checked_title(title)
    with db.unit_of_work():
        # Whoever follows the same link at this moment waits here, and finds it then.
        take_turn(space_id)
        found = queries.resolve_titles(actor, space_id, [title])
        if found:
            return found[title], False
        return create_note(actor, space_id, NoteDraft(title=title, parent_id=parent_id)), True


def daily_note(actor: Actor, space_id: int, day: date | None = None, *, template_id: int | None = None) -> int:
    """The actor's own note of the day, by default of the present one where they are; made when there is none, from the
    template if one is given. The database decides between two that make it at once."""
    actor.require_write(space_id)
    day = day or local_now(actor).date()
    found = queries.find_daily(actor, space_id, day)
    if found is not None:
        return found
    title = day.isoformat()
    draft = _from_template(actor, template_id, title) if template_id is not None else NoteDraft(title=title)
    try:
        with db.attempt() as session:
            note_id = create_note(actor, space_id, draft)
            mark = {"daily_on": day, "daily_by": actor.require_user()}
            session.execute(update(Note).where(Note.id == note_id).values(**mark))
    except IntegrityError:
        found = queries.find_daily(actor, space_id, day)
        if found is None:
            raise
        return found
    return note_id


def local_now(actor: Actor) -> datetime:
    """What the clock shows where the actor is."""
    return clock.now().astimezone(ZoneInfo(actor.time_zone))


def _from_template(actor: Actor, template_id: int, title: str | None) -> NoteDraft:
    """Raises NotFound for what is no template, NoteSealed for one that only a browser can open."""
    note, text = queries.read_note(actor, template_id)
    if not note.is_template:
        raise NotFound()
    if note.encrypted:
        raise NoteSealed()
    now = local_now(actor)
    places = {"day": now.date().isoformat(), "time": now.strftime("%H:%M")}
    title = clean_title(title or filled(note.title, title="", **places))
    body = filled(text.body, title=title, **places)
    return NoteDraft(title=title, body=body, tags=tuple(tag.name for tag in note.tags))


def _text(draft: NoteDraft) -> Text:
    body = checked_body(draft.body)
    title = clean_title(draft.title) or title_of(body) or str(_("Untitled"))
    return Text(checked_title(title), body)


def _tag(actor: Actor, space_id: int, names: Mapping[int, Sequence[str]]) -> None:
    """Give new notes their tags, all at once."""
    cleaned = {note_id: tags.clean_names(each) for note_id, each in names.items()}
    known = tags.ensure_clean_tags(
        actor, space_id, {key: name for each in cleaned.values() for key, name in each.items()}
    )
    tags.attach(space_id, [(note_id, known[key]) for note_id, each in cleaned.items() for key in sorted(each)])


def _rows(
    space_id: int, ids: Sequence[int], drafts: Sequence[NoteDraft], texts: Sequence[Text]
) -> list[dict[str, Any]]:
    now = clock.now()
    ends = last_positions(space_id, {draft.parent_id for draft in drafts})
    rows: list[dict[str, Any]] = []
    for note_id, draft, text in zip(ids, drafts, texts, strict=True):
        ends[draft.parent_id] += GAP
        place = {"id": note_id, "space_id": space_id, "parent_id": draft.parent_id, "position": ends[draft.parent_id]}
        rows.append(place | text_columns(text) | _marks(draft, now))
    return rows


def _marks(draft: NoteDraft, now: datetime) -> dict[str, Any]:
    return {
        "pinned": draft.pinned,
        "is_template": draft.is_template,
        "is_draft": draft.is_draft,
        "encrypted": False,
        "changed_at": draft.changed_at or now,
    }
