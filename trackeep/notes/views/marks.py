"""One click on a note: pin, template, tags, a tick in its text, the trash and back."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.schemas import parse
from trackeep.core.web.identity import current_actor
from trackeep.core.web.undone import kept_words
from trackeep.notes import queries, service
from trackeep.notes.drafts import NoteChanges
from trackeep.notes.schemas import MarksIn, TickIn
from trackeep.notes.views.answers import by_script, told
from trackeep.notes.views.door import blueprint

MOST_RESTORED = 500


@blueprint.post("/<int:note_id>/marks")
def mark(note_id: int) -> AnyResponse:
    actor = current_actor()
    names = ("pinned", "is_template", "is_draft")
    given = parse(MarksIn, {name: request.values[name] for name in names if name in request.values})
    queries.get_note(actor, note_id)
    service.mark_notes(actor, [note_id], pinned=given.pinned, is_template=given.is_template, is_draft=given.is_draft)
    if request.values.get("part") != "list" or not by_script():
        return redirect(url_for("notes.detail", note_id=note_id), 303)
    undo_url = url_for("notes.mark", note_id=note_id, part="list", pinned=0 if given.pinned else 1)
    words = _("Pinned") if given.pinned else _("No longer pinned")
    return told(words, url_for("notes.index"), undo_url=undo_url)


@blueprint.post("/<int:note_id>/tags")
def set_tags(note_id: int) -> AnyResponse:
    # Tags are separated by commas, which no tag's name can have.
    names = [name for name in request.form.get("tags", "").replace("\n", ",").split(",") if name.strip()]
    service.edit_note(current_actor(), note_id, NoteChanges(tags=tuple(names)))
    if by_script():
        return Response("", 204)
    return redirect(url_for("notes.detail", note_id=note_id), 303)


@blueprint.post("/<int:note_id>/tick")
def tick(note_id: int) -> Response:
    """From the box in the text."""
    actor = current_actor()
    given = parse(TickIn, {name: request.form.get(name, "") for name in ("line", "checked", "expected")})
    service.tick(actor, note_id, line=given.line, checked=given.checked, expected=given.expected)
    return templating.json_response({"version": queries.get_note(actor, note_id).version})


@blueprint.post("/<int:note_id>/trash")
def trash(note_id: int) -> AnyResponse:
    actor = current_actor()
    queries.get_note(actor, note_id)
    count = service.trash_notes(actor, [note_id])
    words = ngettext("Moved to the trash.", "Moved to the trash with all below it: %(num)d notes.", count)
    if request.form.get("part") == "list":
        return told(words, url_for("notes.index"), undo_url=url_for("notes.restore", ids=note_id))
    return redirect(url_for("notes.index", trashed=note_id), 303)


@blueprint.post("/restore")
def restore() -> AnyResponse:
    ids = [int(each) for each in request.values.get("ids", "").split(",")[:MOST_RESTORED] if _is_id(each)]
    service.restore_notes(current_actor(), ids)
    if ids and request.form.get("then") == "note":
        return redirect(url_for("notes.detail", note_id=ids[0]), 303)
    return told(_("It is back"), url_for("notes.index"))


@blueprint.post("/undo/<int:undo_id>")
def undo_rename(undo_id: int) -> AnyResponse:
    taken = service.undo_rename(current_actor(), undo_id)
    words = _("The former name is back")
    return told(words + kept_words(taken.kept), url_for("notes.index"))


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
