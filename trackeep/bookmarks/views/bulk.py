"""The bar of marked bookmarks, and taking back what it did."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from trackeep.bookmarks import queries, service
from trackeep.bookmarks.schemas import BulkIn, FilterIn
from trackeep.bookmarks.service.bulk import BulkDone, BulkVerb
from trackeep.bookmarks.views.answers import told
from trackeep.bookmarks.views.door import blueprint
from trackeep.core import templating
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import target_space
from trackeep.core.web.identity import current_actor
from trackeep.core.web.undone import kept_words
from trackeep.tags import service as tags

TAGGING = frozenset({BulkVerb.TAG.value, BulkVerb.UNTAG.value})
COLLECTING = frozenset({BulkVerb.COLLECT.value, BulkVerb.UNCOLLECT.value})


@blueprint.post("/bulk")
def change_many() -> AnyResponse:
    wanted = parse(BulkIn, _given())
    done = service.change_many(current_actor(), wanted.selection(), wanted.action())
    undo_url = url_for("bookmarks.undo_change", undo_id=done.undo_id) if done.undo_id else ""
    return told(_words(wanted.verb, done), undo_url=undo_url)


@blueprint.post("/undo/<int:undo_id>")
def undo_change(undo_id: int) -> AnyResponse:
    undone = service.undo_change(current_actor(), undo_id)
    words = ngettext("%(num)d bookmark is as before.", "%(num)d bookmarks are as before.", undone.restored)
    return told(words + kept_words(undone.kept), redraw=False)


@blueprint.get("/bulk/tags")
def choose_tags() -> Response:
    return templating.page("bookmarks/bulk_tags.html", block="choice", space_id=target_space(current_actor()))


@blueprint.get("/bulk/collections")
def choose_collection() -> Response:
    tree = queries.collection_tree(current_actor(), counted=False)
    return templating.page("bookmarks/collection_choice.html", block="choice", collections=tree)


def _given() -> dict[str, object]:
    form = request.form
    verb = form.get("verb", "")
    given: dict[str, object] = {"verb": verb}
    if verb in TAGGING:
        given["tags"] = tags.listed_names(form.get("tags", ""))
    if verb in COLLECTING and form.get("collection_id"):
        given["collection_id"] = form["collection_id"]
    if form.get("all") == "1":
        return given | {"filter": {name: form[name] for name in FilterIn.model_fields if form.get(name)}}
    return given | {"ids": form.getlist("ids")}


def _words(verb: BulkVerb, done: BulkDone) -> str:
    if not done.changed:
        return str(_("Nothing to change: they are like that already."))
    if verb is BulkVerb.TRASH:
        words = ngettext("%(num)d bookmark is in the trash.", "%(num)d bookmarks are in the trash.", done.changed)
    else:
        words = ngettext("%(num)d bookmark was changed.", "%(num)d bookmarks were changed.", done.changed)
    return str(words)
