"""The shelf as a page."""

from flask import Blueprint, Response

from trackeep.core import templating
from trackeep.core.web.identity import current_actor
from trackeep_shelf import queries

blueprint = Blueprint("shelf", __name__, template_folder="templates")


@blueprint.get("/shelf")
def show() -> Response:
    actor = current_actor()
    actor.require_user()
    return templating.page("shelf/list.html", block="list", titles=queries.titles(actor))
