"""The blueprint of the JSON about bookmarks, and the one place that asks for the scope of a token."""

from apiflask import APIBlueprint
from flask import request

from trackeep.core.web.identity import current_actor

READING = frozenset({"GET", "HEAD", "OPTIONS"})

blueprint = APIBlueprint("bookmarks_api", __name__, tag="Bookmarks")


@blueprint.before_request
def check_scope() -> None:
    actor = current_actor()
    actor.require_user()
    actor.require_scope("bookmarks:read" if request.method in READING else "bookmarks:write")
