"""JSON about the home page: which cards there are, and in which order."""

from apiflask import APIBlueprint

from trackeep.core.web.identity import current_actor
from trackeep.home import queries, service
from trackeep.home.schemas import ArrangementIn, ArrangementOut

blueprint = APIBlueprint("home_api", __name__, tag="Home")


@blueprint.get("/cards")
@blueprint.output(ArrangementOut)
def list_cards() -> ArrangementOut:
    """List the cards of the home page in your order"""
    actor = current_actor()
    actor.require_user()
    actor.require_scope("home:read")
    return ArrangementOut.of(queries.placed_cards(actor))


@blueprint.put("/cards")
@blueprint.input(ArrangementIn)
@blueprint.output(ArrangementOut)
def arrange_cards(json_data: ArrangementIn) -> ArrangementOut:
    """Put the cards into an order and hide some"""
    actor = current_actor()
    actor.require_user()
    actor.require_scope("home:write")
    service.arrange_cards(actor, places=json_data.places())
    return ArrangementOut.of(queries.placed_cards(actor))


@blueprint.delete("/cards")
@blueprint.output({}, status_code=204)
def reset_cards() -> str:
    """Let all cards stand where they stood at first"""
    actor = current_actor()
    actor.require_user()
    actor.require_scope("home:write")
    service.reset_cards(actor)
    return ""
