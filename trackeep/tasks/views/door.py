"""The blueprint of the pages, and what each of their requests must be: somebody's, with the scope for it. A calendar
that goes out is for whoever knows its address."""

from flask import Blueprint, request

from trackeep.core.web.identity import current_actor

READING = frozenset({"GET", "HEAD", "OPTIONS"})
WITHOUT_SESSION = frozenset({"tasks.read_calendar"})

blueprint = Blueprint("tasks", __name__, url_prefix="/tasks", template_folder="../templates")


@blueprint.before_request
def check_visitor() -> None:
    if request.endpoint in WITHOUT_SESSION:
        return
    actor = current_actor()
    actor.require_user()
    actor.require_scope("tasks:read" if request.method in READING else "tasks:write")
