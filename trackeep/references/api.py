"""JSON of references."""

from apiflask import APIBlueprint

from trackeep.core.actor import Actor
from trackeep.core.paging import Page
from trackeep.core.slots import Found
from trackeep.core.web.idempotent import idempotent
from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import SEARCH, limited_by, searched
from trackeep.references import queries, service
from trackeep.references.queries import Linked
from trackeep.references.schemas import (
    CandidatesOut,
    CandidatesQuery,
    LinkedOut,
    LinkedPageOut,
    LinkedQuery,
    MadeOut,
    MakingIn,
    ReferenceIn,
    ThingOut,
)

blueprint = APIBlueprint("references_api", __name__, tag="References")


@blueprint.get("")
@blueprint.input(LinkedQuery, location="query")
@blueprint.output(LinkedPageOut)
def list_linked(query_data: LinkedQuery) -> Page[Linked]:
    """List what a thing is linked with, whichever side the link was made from, newest link first"""
    actor = _actor("references:read")
    return queries.linked_with(actor, query_data.object, cursor=query_data.cursor, limit=query_data.limit)[1]


@blueprint.post("")
@idempotent
@blueprint.input(ReferenceIn)
@blueprint.output(LinkedOut, status_code=201)
def link(json_data: ReferenceIn) -> Linked:
    """Link two things; a link that is there already stays as it is"""
    actor = _actor("references:write")
    reference_id = service.link(actor, json_data.object_id, json_data.other_id, note=json_data.note)
    return queries.get_linked(actor, json_data.object_id, reference_id)


@blueprint.delete("/<int:reference_id>")
@blueprint.output({}, status_code=204)
def unlink(reference_id: int) -> str:
    """Part two things; both stay"""
    service.unlink(_actor("references:write"), reference_id)
    return ""


@blueprint.post("/make")
@idempotent
@blueprint.input(MakingIn)
@blueprint.output(MadeOut, status_code=201)
def make(json_data: MakingIn) -> Found:
    """Make a thing about another, such as a task about a bookmark, and link the two"""
    actor = _actor("references:write")
    return service.make_from(actor, json_data.object_id, json_data.kind, json_data.text)


@blueprint.get("/candidates")
@limited_by(SEARCH, searched("q"))
@blueprint.input(CandidatesQuery, location="query")
@blueprint.output(CandidatesOut)
def list_candidates(query_data: CandidatesQuery) -> CandidatesOut:
    """Find what a thing could be linked with; without words, what is recent"""
    actor = _actor("references:read")
    about = queries.get_thing(actor, query_data.object)
    found = queries.candidates(actor, about, query_data.q, query_data.limit)
    return CandidatesOut(items=[ThingOut.model_validate(thing) for thing in found])


def _actor(scope: str) -> Actor:
    """References have a scope of their own; what they lead to needs the scope of its domain as well."""
    actor = current_actor()
    actor.require_user()
    actor.require_scope(scope)
    return actor
