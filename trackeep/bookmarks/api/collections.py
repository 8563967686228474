"""JSON of collections."""

from typing import Any

from flask import Response

from trackeep.bookmarks import queries, service
from trackeep.bookmarks.api.door import blueprint
from trackeep.bookmarks.queries import CollectionItemView
from trackeep.bookmarks.schemas import CollectionIn, CollectionOut, CollectionPatch, CollectionsOut
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.templating import json_response
from trackeep.core.web.idempotent import idempotent
from trackeep.core.web.identity import current_actor


@blueprint.get("/collections")
@blueprint.output(CollectionsOut)
def list_collections() -> Response:
    """List collections as a tree

    Each stands behind its parent, with its path and the number of bookmarks that are directly in it.
    """
    return json_response({"items": [_shape(node) for node in queries.collection_tree(current_actor())]})


@blueprint.post("/collections")
@idempotent
@blueprint.input(CollectionIn)
@blueprint.output(CollectionOut, status_code=201)
def create_collection(json_data: CollectionIn) -> Response:
    """Make a collection"""
    actor = current_actor()
    space_id = json_data.space_id or actor.personal_space_id
    if space_id is None:
        raise NotFound()
    made = service.create_collection(actor, space_id, name=json_data.name, parent_id=json_data.parent_id)
    return json_response(_shape(_find(actor, made)), 201)


@blueprint.get("/collections/<int:collection_id>")
@blueprint.output(CollectionOut)
def show_collection(collection_id: int) -> Response:
    """Show a collection"""
    return json_response(_shape(_find(current_actor(), collection_id)))


@blueprint.patch("/collections/<int:collection_id>")
@blueprint.input(CollectionPatch)
@blueprint.output(CollectionOut)
def edit_collection(collection_id: int, json_data: CollectionPatch) -> Response:
    """Rename or move a collection"""
    actor = current_actor()
    service.edit_collection(
        actor, collection_id, name=json_data.new_name, parent_id=json_data.parent_id, move=json_data.moves
    )
    return json_response(_shape(_find(actor, collection_id)))


@blueprint.delete("/collections/<int:collection_id>")
@blueprint.output({}, status_code=204)
def delete_collection(collection_id: int) -> str:
    """Move a collection and those below it to the trash

    The bookmarks in them stay.
    """
    service.delete_collection(current_actor(), collection_id)
    return ""


def _find(actor: Actor, collection_id: int) -> CollectionItemView:
    found = next((node for node in queries.collection_tree(actor) if node.id == collection_id), None)
    if found is None:
        raise NotFound()
    return found


def _shape(node: CollectionItemView) -> dict[str, Any]:
    names = ("id", "space_id", "parent_id", "name", "path", "depth", "count")
    return {name: getattr(node, name) for name in names}
