"""JSON of links."""

from apiflask import APIBlueprint
from flask import url_for

from trackeep.core.actor import Actor
from trackeep.core.web.idempotent import idempotent
from trackeep.core.web.identity import current_actor
from trackeep.shares import queries, service
from trackeep.shares.queries import ShareItem
from trackeep.shares.schemas import ShareChangesIn, ShareIn, ShareListQuery, ShareOut, SharePageOut

blueprint = APIBlueprint("shares_api", __name__, tag="Shared links")


@blueprint.get("")
@blueprint.input(ShareListQuery, location="query")
@blueprint.output(SharePageOut)
def list_shares(query_data: ShareListQuery) -> SharePageOut:
    """List one's own links, or the links of one thing, newest first; revoked ones are gone"""
    actor = _actor("shares:read")
    page = queries.list_shares(actor, object_id=query_data.object, cursor=query_data.cursor, limit=query_data.limit)
    return SharePageOut(items=[_shape(item) for item in page.items], next_cursor=page.next_cursor)


@blueprint.post("")
@idempotent
@blueprint.input(ShareIn)
@blueprint.output(ShareOut, status_code=201)
def create_share(json_data: ShareIn) -> ShareOut:
    """Make a link that shows a thing to whoever has it"""
    actor = _actor("shares:write")
    return _shape(queries.get_share(actor, service.create_share(actor, json_data.draft())))


@blueprint.get("/<int:share_id>")
@blueprint.output(ShareOut)
def show_share(share_id: int) -> ShareOut:
    """Show a link with its address and how often it was used"""
    return _shape(queries.get_share(_actor("shares:read"), share_id))


@blueprint.patch("/<int:share_id>")
@blueprint.input(ShareChangesIn)
@blueprint.output(ShareOut)
def change_share(share_id: int, json_data: ShareChangesIn) -> ShareOut:
    """Change what a link shows and until when; its address stays"""
    actor = _actor("shares:write")
    service.change_share(actor, share_id, json_data.changes())
    return _shape(queries.get_share(actor, share_id))


@blueprint.delete("/<int:share_id>")
@blueprint.output({}, status_code=204)
def revoke_share(share_id: int) -> str:
    """Revoke a link: at once it leads nowhere, and never again"""
    service.revoke_share(_actor("shares:write"), share_id)
    return ""


def _actor(scope: str) -> Actor:
    """Links have a scope of their own; what they show needs that of its domain as well."""
    actor = current_actor()
    actor.require_user()
    actor.require_scope(scope)
    return actor


def _shape(item: ShareItem) -> ShareOut:
    facts = {name: getattr(item, name) for name in ShareOut.model_fields if name != "url"}
    return ShareOut(**facts, url=url_for("shares.read", token=item.token, _external=True) if item.token else None)
