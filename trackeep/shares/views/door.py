"""The blueprint of the pages, and who stands before them."""

from flask import Blueprint

from trackeep.core.actor import Actor
from trackeep.core.web.identity import current_actor

blueprint = Blueprint("shares", __name__, template_folder="../templates")


def person() -> Actor:
    actor = current_actor()
    actor.require_user()
    return actor
