"""The blueprint of the JSON about feeds, and the one place that asks for the scope of a token."""

from apiflask import APIBlueprint
from flask import request

from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.web.identity import current_actor

READING = frozenset({"GET", "HEAD", "OPTIONS"})

blueprint = APIBlueprint("feeds_api", __name__, tag="Feeds")


@blueprint.before_request
def check_scope() -> None:
    actor = current_actor()
    actor.require_user()
    actor.require_scope("feeds:read" if request.method in READING else "feeds:write")


def own_space(actor: Actor) -> int:
    if actor.personal_space_id is None:
        raise NotFound()
    return actor.personal_space_id
