"""JSON of the palette and of quick add."""

from apiflask import APIBlueprint

from trackeep.core.actor import Actor
from trackeep.core.slots import Found
from trackeep.core.web.idempotent import idempotent
from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import SEARCH, limited_by, searched
from trackeep.quick import queries, service
from trackeep.quick.schemas import AddedOut, EntryOut, PaletteIn, PaletteOut, PreviewIn, PreviewOut, TextIn

blueprint = APIBlueprint("quick_api", __name__, tag="Quick")


@blueprint.get("/palette")
@limited_by(SEARCH, searched("q"))
@blueprint.input(PaletteIn, location="query")
@blueprint.output(PaletteOut)
def search_palette(query_data: PaletteIn) -> PaletteOut:
    """Find actions, places and things; without a text, what is recent"""
    actor = _actor("quick:read")
    if query_data.q:
        found = queries.matches(actor, query_data.q, query_data.limit)
    else:
        found = queries.recent(actor, query_data.limit)
    return PaletteOut(items=[EntryOut.model_validate(entry) for entry in found])


@blueprint.post("/add")
@idempotent
@blueprint.input(TextIn)
@blueprint.output(AddedOut, status_code=201)
def add(json_data: TextIn) -> Found:
    """Add a thing from a text: a link, a line, several lines"""
    return service.add(_actor("quick:write"), text=json_data.text, space_id=json_data.space_id)


@blueprint.get("/preview")
@blueprint.input(PreviewIn, location="query")
@blueprint.output(PreviewOut)
def preview(query_data: PreviewIn) -> PreviewOut:
    """Tell what a text would become"""
    actor = _actor("quick:read")
    offer = service.kind_of(actor, query_data.text)
    if offer is None:
        return PreviewOut(kind=None, title="", icon="", preview="")
    return PreviewOut(
        kind=offer.kind, title=str(offer.title), icon=offer.icon, preview=offer.preview(actor, query_data.text.strip())
    )


def _actor(scope: str) -> Actor:
    """The palette and quick add have a scope of their own; what they reach needs the scope of its domain as well."""
    actor = current_actor()
    actor.require_user()
    actor.require_scope(scope)
    return actor
