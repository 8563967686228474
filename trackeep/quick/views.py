"""The palette's answers, the quick-add page and what it says while one types."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import Text
from trackeep.core.schemas import parse
from trackeep.core.slots import Found
from trackeep.core.web.chosen_space import target_space
from trackeep.core.web.identity import current_actor
from trackeep.quick import queries, service
from trackeep.quick.schemas import TextIn

blueprint = Blueprint("quick", __name__, template_folder="templates")
PALETTE_LIMIT = 20
RECENT_LIMIT = 8
SURE = 0.9  # from here on adding the text stands before what was found
NO_ERRORS: Mapping[str, Sequence[Text]] = MappingProxyType({})


@blueprint.get("/palette")
def palette() -> Response:
    """The options alone for the dialog, a whole page where scripts do not run."""
    actor = current_actor()
    actor.require_user()
    text = request.args.get("q", "")[: service.MAX_TEXT].strip()
    offer, sureness = queries.surest(actor, text)
    return templating.page(
        "quick/palette.html",
        block="options",
        text=text,
        offer=offer,
        offered_first=sureness >= SURE,
        preview=offer.preview(actor, text) if offer else "",
        found=queries.matches(actor, text, PALETTE_LIMIT) if text else [],
        recent=[] if text else queries.recent(actor, RECENT_LIMIT),
        starting_points=[] if text else queries.starting_points(actor),
    )


@blueprint.get("/quick-add")
def show_quick_add() -> Response:
    actor = current_actor()
    actor.require_user()
    return _form(actor, request.args.get("text", ""))


@blueprint.get("/quick-add/preview")
def preview() -> Response:
    actor = current_actor()
    actor.require_user()
    text = request.args.get("text", "")[: service.MAX_TEXT].strip()
    offer = service.kind_of(actor, text)
    return templating.page(
        "quick/preview.html", block="preview", offer=offer, preview=offer.preview(actor, text) if offer else ""
    )


@blueprint.post("/quick-add")
def add() -> AnyResponse:
    """Make the thing; the dialog stays on its page and says what happened, a plain form opens the thing."""
    actor = current_actor()
    actor.require_user()
    if _from_dialog():
        made = _made(actor)
        told = _("Already there: %(title)s") if made.existed else _("Added: %(title)s")
        return templating.toast(Response("", 204), told % {"title": made.title})
    try:
        return redirect(_made(actor).url, 303)
    except Invalid as error:
        # Without scripts the form itself shows the complaint, with the text still in it.
        return _form(actor, request.form.get("text", ""), errors=error.fields, status=error.status)


def _from_dialog() -> bool:
    return "X-Form" in request.headers or templating.wants_partial()


def _made(actor: Actor) -> Found:
    text = parse(TextIn, {"text": request.form.get("text", "")}).text
    return service.add(actor, text=text, space_id=target_space(actor))


def _form(actor: Actor, text: str, errors: Mapping[str, Sequence[Text]] = NO_ERRORS, status: int = 200) -> Response:
    offer = service.kind_of(actor, text)
    return templating.page(
        "quick/add.html",
        status=status,
        text=text,
        errors=errors,
        offer=offer,
        preview=offer.preview(actor, text.strip()) if offer else "",
    )
