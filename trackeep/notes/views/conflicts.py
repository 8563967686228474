"""A save has met a newer version: both texts are shown with what goes together by itself, and the rest is chosen."""

import re
from collections.abc import Mapping

from flask import Response, request
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.actor import Actor
from trackeep.core.errors import Conflict
from trackeep.core.schemas import parse
from trackeep.core.web.identity import current_actor
from trackeep.notes import queries, service
from trackeep.notes.errors import NoteSealed
from trackeep.notes.merging import Choice, meeting, settled
from trackeep.notes.schemas import ClashForm, SettleForm
from trackeep.notes.service import Text
from trackeep.notes.texts import clean_body, clean_title
from trackeep.notes.views.compared import compared
from trackeep.notes.views.door import blueprint, note_url

_CHOICE = re.compile(r"choice-(\d{1,6})")


@blueprint.post("/<int:note_id>/conflict")
def show_conflict(note_id: int) -> Response:
    """What a form of the note page sends when its save was refused; nothing is changed."""
    actor = current_actor()
    actor.require_write(queries.get_note(actor, note_id).space_id)
    return conflict_page(actor, note_id, _given())


@blueprint.post("/<int:note_id>/conflict/settle")
def settle_conflict(note_id: int) -> AnyResponse:
    actor = current_actor()
    form = parse(SettleForm, {**_fields(SettleForm), "choices": _choices(request.form)})
    mine = Text(form.title, form.body)
    note, text = queries.read_note(actor, note_id)
    base = None if form.base is None else clean_body(form.base)
    title = note.title if form.chosen_title is Choice.THEIRS or not _is_title_open(form, note.title) else form.title
    merged = settled(meeting(base, clean_body(form.body), text.body), form.choices)
    try:
        service.settle_conflict(actor, note_id, mine=mine, merged=Text(title, merged), version=form.version)
    except NoteSealed:
        raise
    except Conflict:
        return conflict_page(actor, note_id, form)
    return redirect(note_url(note_id), 303)


def conflict_page(actor: Actor, note_id: int, given: ClashForm) -> Response:
    """The page with both texts; raises NoteSealed where there is nothing to be merged with."""
    note, text = queries.read_note(actor, note_id)
    if note.encrypted:
        raise NoteSealed()
    mine = clean_body(given.body)
    base = None if given.base is None else clean_body(given.base)
    met = meeting(base, mine, text.body)
    pairs = {
        part.number: compared(part.region.theirs, part.region.mine) for part in met.parts if part.number is not None
    }
    return templating.page(
        "notes/conflict.html",
        note=note,
        note_url=note_url(note_id),
        mine={"title": clean_title(given.title), "body": mine},
        theirs={"title": note.title, "body": text.body},
        base={"title": given.base_title, "body": base},
        version=note.version,
        met=met,
        pairs=pairs,
        titles_differ=_is_title_open(given, note.title),
        space_id=note.space_id,
        status=409,
    )


def _is_title_open(given: ClashForm, saved: str) -> bool:
    """Whether one's own title is to be asked for: not where only the other has changed it."""
    mine = clean_title(given.title)
    kept = given.base_title is not None and mine == clean_title(given.base_title)
    return mine != saved and not kept


def _given() -> ClashForm:
    return parse(ClashForm, _fields(ClashForm))


def _fields(form: type[ClashForm]) -> dict[str, object]:
    """What a form of the note page may hold beside these is not asked for."""
    return {name: request.form[name] for name in form.model_fields if name in request.form}


def _choices(form: Mapping[str, str]) -> dict[int, str]:
    found = {_CHOICE.fullmatch(name): value for name, value in form.items()}
    return {int(match[1]): value for match, value in found.items() if match is not None}
