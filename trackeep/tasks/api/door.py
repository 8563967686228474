"""The blueprint of the JSON about tasks, and the one place that asks for the scope of a token."""

from apiflask import APIBlueprint
from flask import request

from trackeep.core.actor import Actor
from trackeep.core.errors import Malformed, NotFound
from trackeep.core.web.identity import current_actor

READING = frozenset({"GET", "HEAD", "OPTIONS"})

blueprint = APIBlueprint("tasks_api", __name__, tag="Tasks")


@blueprint.before_request
def check_scope() -> None:
    actor = current_actor()
    actor.require_user()
    actor.require_scope("tasks:read" if request.method in READING else "tasks:write")


def own_space(actor: Actor) -> int:
    if actor.personal_space_id is None:
        raise NotFound()
    return actor.personal_space_id


def expected_version() -> int | None:
    """The version that a client edited, from ``If-Match``: alone or as it stood in the ETag; None without."""
    text = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"').partition(".")[0]
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Malformed()
    return int(text)
