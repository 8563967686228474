"""Making, renaming, moving and deleting collections."""

from collections.abc import Mapping, Sequence

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.bookmarks import queries, service
from trackeep.bookmarks.errors import CollectionExists
from trackeep.bookmarks.queries import CollectionItemView
from trackeep.bookmarks.schemas import CollectionIn
from trackeep.bookmarks.views.door import blueprint
from trackeep.core import templating
from trackeep.core.errors import Invalid, NotFound
from trackeep.core.i18n import Text
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import chosen_space, target_space
from trackeep.core.web.identity import current_actor

NO_ERRORS: Mapping[str, Sequence[Text]] = {}


@blueprint.get("/collections")
def list_collections() -> Response:
    actor = current_actor()
    tree = queries.collection_tree(actor, chosen_space(actor))
    return templating.page("bookmarks/collections.html", collections=tree)


@blueprint.get("/collections/<int:collection_id>/inside")
def show_inside(collection_id: int) -> Response:
    """What the sidebar shows when a branch is opened."""
    branch = queries.inside(current_actor(), collection_id)
    return templating.page(
        "bookmarks/inside.html", block="branches", branch=branch, current=None, base=url_for("bookmarks.index")
    )


@blueprint.get("/collections/new")
def new_collection() -> Response:
    return _form(None, {"parent_id": request.args.get("inside", "")})


@blueprint.post("/collections")
def create_collection() -> AnyResponse:
    actor = current_actor()
    try:
        given = parse(CollectionIn, _given())
        made = service.create_collection(actor, target_space(actor), name=given.name, parent_id=given.parent_id)
    except (Invalid, CollectionExists) as error:
        return _form(None, request.form, error)
    return redirect(url_for("bookmarks.index", collection=made), 303)


@blueprint.get("/collections/<int:collection_id>/edit")
def edit_collection(collection_id: int) -> Response:
    collection = _find(collection_id)
    current_actor().require_write(collection.space_id)
    return _form(collection, {"name": collection.name, "parent_id": collection.parent_id})


@blueprint.post("/collections/<int:collection_id>")
def change_collection(collection_id: int) -> AnyResponse:
    collection = _find(collection_id)
    try:
        given = parse(CollectionIn, _given())
        service.edit_collection(current_actor(), collection_id, name=given.name, parent_id=given.parent_id, move=True)
    except (Invalid, CollectionExists) as error:
        return _form(collection, request.form, error)
    return redirect(url_for("bookmarks.index", collection=collection_id), 303)


@blueprint.post("/collections/<int:collection_id>/delete")
def delete_collection(collection_id: int) -> AnyResponse:
    service.delete_collection(current_actor(), collection_id)
    return redirect(url_for("bookmarks.index"), 303)


def _given() -> dict[str, object]:
    return {"name": request.form.get("name", ""), "parent_id": request.form.get("parent_id") or None}


def _find(collection_id: int) -> CollectionItemView:
    tree = queries.collection_tree(current_actor(), counted=False)
    found = next((node for node in tree if node.id == collection_id), None)
    if found is None:
        raise NotFound()
    return found


def _form(
    collection: CollectionItemView | None, values: Mapping[str, object], error: Invalid | CollectionExists | None = None
) -> Response:
    errors: Mapping[str, Sequence[Text]] = NO_ERRORS
    if error is not None:
        fields = error.fields or {"parent_id" if error.code == "collection-circle" else "name": [error.detail]}
        errors = fields
    return templating.page(
        "bookmarks/collection.html",
        block="form",
        status=error.status if error else 200,
        collection=collection,
        values=values,
        errors=errors,
        parents=_parents(collection),
    )


def _parents(collection: CollectionItemView | None) -> list[tuple[str, str]]:
    """The places where it may stand: the top, and every collection but itself and those below it."""
    actor = current_actor()
    space_id = collection.space_id if collection else target_space(actor)
    below = set(queries.ids_below(actor, collection.id)) if collection else set()
    tree = queries.collection_tree(actor, space_id, counted=False)
    choices = [(str(node.id), " / ".join(node.path)) for node in tree if node.id not in below]
    return [("", _("Nothing: at the top")), *choices]
