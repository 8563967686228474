"""JSON of spaces."""

from apiflask import APIBlueprint

from trackeep.core.web.identity import current_actor
from trackeep.spaces import service
from trackeep.spaces.schemas import SpaceOut, SpacesOut

blueprint = APIBlueprint("spaces_api", __name__, tag="Spaces")


@blueprint.get("")
@blueprint.output(SpacesOut)
def list_spaces() -> SpacesOut:
    """List your spaces, the personal one first, with your role in each"""
    actor = current_actor()
    actor.require_user()
    actor.require_scope("spaces:read")
    return SpacesOut(items=[SpaceOut.model_validate(space) for space in service.spaces_of(actor)])
