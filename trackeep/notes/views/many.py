"""The bar of marked notes, and taking back what it did."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import target_space
from trackeep.core.web.identity import current_actor
from trackeep.core.web.undone import kept_words
from trackeep.notes import service
from trackeep.notes.schemas import NotesBulkIn
from trackeep.notes.service import BulkDone, BulkVerb
from trackeep.notes.views.answers import told
from trackeep.notes.views.door import blueprint
from trackeep.tags import service as tags


@blueprint.post("/bulk")
def change_many() -> AnyResponse:
    form = request.form
    given = {"verb": form.get("verb", ""), "ids": form.getlist("ids"), "tags": tags.listed_names(form.get("tags", ""))}
    wanted = parse(NotesBulkIn, given)
    done = service.change_many(current_actor(), wanted.ids, wanted.verb, wanted.tags)
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


def _words(verb: BulkVerb, done: BulkDone) -> str:
    if not done.changed:
        return str(_("Nothing to change: they are like that already."))
    if verb is BulkVerb.TRASH:
        return str(ngettext("%(num)d note is in the trash.", "%(num)d notes are in the trash.", done.changed))
    return str(ngettext("%(num)d note was changed.", "%(num)d notes were changed.", done.changed))
