"""The blueprint of the pages, and what each of their requests must be: somebody's, with the scope for it. A feed that
goes out is for whoever knows its address."""

from flask import Blueprint, request

from trackeep.core.web.identity import current_actor

READING = frozenset({"GET", "HEAD", "OPTIONS"})
WITHOUT_SESSION = frozenset({"feeds.read_atom", "feeds.read_json"})

blueprint = Blueprint("feeds", __name__, url_prefix="/feeds", template_folder="../templates")


@blueprint.before_request
def check_visitor() -> None:
    if request.endpoint in WITHOUT_SESSION:
        return
    actor = current_actor()
    actor.require_user()
    actor.require_scope("feeds:read" if request.method in READING else "feeds:write")
