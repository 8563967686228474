"""JSON of the shelf."""

from apiflask import APIBlueprint

from trackeep.core.actor import Actor
from trackeep.core.web.identity import current_actor
from trackeep_shelf import queries, service
from trackeep_shelf.schemas import BookIn, ShelfOut

blueprint = APIBlueprint("shelf_api", __name__, tag="Shelf")


@blueprint.get("")
@blueprint.output(ShelfOut)
def show_shelf() -> ShelfOut:
    """Tell what stands on your shelf"""
    return ShelfOut(titles=queries.titles(_actor("shelf:read")))


@blueprint.post("")
@blueprint.input(BookIn)
@blueprint.output(ShelfOut, status_code=201)
def put_book(json_data: BookIn) -> ShelfOut:
    """Put a book on your shelf"""
    actor = _actor("shelf:write")
    service.put(actor, json_data.title)
    return ShelfOut(titles=queries.titles(actor))


def _actor(scope: str) -> Actor:
    actor = current_actor()
    actor.require_user()
    actor.require_scope(scope)
    return actor
