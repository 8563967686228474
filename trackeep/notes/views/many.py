"""The bar of marked notes, and taking back what it did."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import chosen_space, target_space
from trackeep.core.web.identity import current_actor
from trackeep.core.web.undone import kept_words
from trackeep.notes import queries, service
from trackeep.notes.filters import View
from trackeep.notes.schemas import NotesBulkIn
from trackeep.notes.service import BulkDone, BulkVerb
from trackeep.notes.views.answers import told
from trackeep.notes.views.door import blueprint
from trackeep.tags import service as tags

MAX_TEXT = 300
MOST_PLACES = 12
TOP = "top"


@blueprint.post("/bulk")
def change_many() -> AnyResponse:
    wanted = parse(NotesBulkIn, _given(request.form))
    done = service.change_many(current_actor(), wanted.ids, wanted.verb, wanted.tags, parent_id=wanted.parent_id)
    undo_url = url_for("notes.undo_many", undo_id=done.undo_id) if done.undo_id else ""
    return told(_words(wanted.verb, done), url_for("notes.index"), undo_url=undo_url)


@blueprint.post("/bulk/undo/<int:undo_id>")
def undo_many(undo_id: int) -> AnyResponse:
    undone = service.undo_many(current_actor(), undo_id)
    words = ngettext("%(num)d note is as before.", "%(num)d notes are as before.", undone.restored)
    return told(words + kept_words(undone.kept), url_for("notes.index"))


@blueprint.get("/bulk/tags")
def choose_tags() -> Response:
    """The field of tags in the bar's dialog."""
    return templating.page("notes/bulk_tags.html", block="tags", space_id=target_space(current_actor()))


@blueprint.get("/bulk/place")
def choose_place() -> Response:
    """Below which note the marked ones could go: those that a text finds, without one the last changed."""
    actor, text = current_actor(), request.args.get("text", "")[:MAX_TEXT]
    space_id = chosen_space(actor)
    found = (
        queries.find_notes(actor, text, MOST_PLACES, space_id)
        if text.strip()
        else queries.newest_notes(actor, View.EVERYTHING, MOST_PLACES, space_id)
    )
    hits = [hit for hit in found if actor.can_write(hit.space_id)]
    return templating.page("notes/bulk_place.html", block="places", hits=hits, text=text)


def _given(form: MultiDict[str, str]) -> dict[str, object]:
    ids = form.getlist("ids")
    if place := form.get("move_to"):
        return {"verb": BulkVerb.MOVE.value, "ids": ids, "parent_id": None if place == TOP else place}
    return {"verb": form.get("verb", ""), "ids": ids, "tags": tags.listed_names(form.get("tags", ""))}


def _words(verb: BulkVerb, done: BulkDone) -> str:
    if not done.changed:
        return str(_("Nothing to change: they are like that already."))
    if verb is BulkVerb.TRASH:
        return str(ngettext("%(num)d note is in the trash.", "%(num)d notes are in the trash.", done.changed))
    if verb is BulkVerb.MOVE:
        return str(ngettext("%(num)d note was moved.", "%(num)d notes were moved.", done.changed))
    return str(ngettext("%(num)d note was changed.", "%(num)d notes were changed.", done.changed))
