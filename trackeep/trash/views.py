"""The trash as a page."""

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.errors import Invalid
from trackeep.core.schemas import parse
from trackeep.core.web.identity import current_actor
from trackeep.trash import queries, service
from trackeep.trash.schemas import EmptyIn, IdsIn, TrashQuery

blueprint = Blueprint("trash", __name__, template_folder="templates")


@blueprint.get("/trash")
def show_trash() -> Response:
    actor = current_actor()
    actor.require_user()
    query = parse(TrashQuery, request.args)
    return templating.page(
        "trash/list.html",
        block="list",
        page=queries.trashed(actor, kind=query.kind, cursor=query.cursor, limit=query.limit),
        kinds=queries.kinds(actor),
        kind=query.kind,
        days=service.KEPT.days,
    )


@blueprint.post("/trash")
def change() -> AnyResponse:
    """What the bar of marked rows asks for: bring back, or remove for good."""
    actor = current_actor()
    actor.require_user()
    verb = request.form.get("verb")
    if verb not in {"restore", "purge"}:
        raise Invalid()
    ids = parse(IdsIn, {"ids": request.form.getlist("ids")}).ids
    if verb == "restore":
        changed = service.restore(actor, ids=ids)
        return _answer(ngettext("%(num)d thing is back.", "%(num)d things are back.", changed))
    changed = service.purge(actor, ids=ids)
    return _answer(ngettext("%(num)d thing was removed.", "%(num)d things were removed.", changed))


@blueprint.post("/trash/empty")
def empty() -> AnyResponse:
    actor = current_actor()
    actor.require_user()
    kind = parse(EmptyIn, {"kind": request.form.get("kind") or None}).kind
    service.empty(actor, kind=kind)
    return _answer(_("The trash is empty."))


def _answer(words: str) -> AnyResponse:
    if templating.wants_partial():
        return templating.toast(Response("", 204), words)
    return redirect(url_for("trash.show_trash"), 303)
