"""JSON of feeds that go out."""

from flask import url_for

from trackeep.core.web.idempotent import idempotent
from trackeep.core.web.identity import current_actor
from trackeep.feeds import queries, service
from trackeep.feeds.api.door import blueprint, own_space
from trackeep.feeds.schemas import NewOutletOut, OutletIn, OutletOut, OutletsOut


@blueprint.get("/outlets")
@blueprint.output(OutletsOut)
def list_outlets() -> OutletsOut:
    """List your feeds out, newest first"""
    return OutletsOut(items=[OutletOut.model_validate(item) for item in queries.list_outlets(current_actor())])


@blueprint.post("/outlets")
@idempotent
@blueprint.input(OutletIn)
@blueprint.output(NewOutletOut, status_code=201)
def create_outlet(json_data: OutletIn) -> NewOutletOut:
    """Publish a list of bookmarks as a feed

    Whoever has the address can read it, without signing in. It is told only this once. A token needs the scope
    ``bookmarks:read`` too.
    """
    actor = current_actor()
    made = service.create_outlet(actor, json_data.space_id or own_space(actor), json_data.draft())
    return NewOutletOut(
        id=made.id,
        atom_url=url_for("feeds.read_atom", secret=made.secret, _external=True),
        json_url=url_for("feeds.read_json", secret=made.secret, _external=True),
    )


@blueprint.delete("/outlets/<int:outlet_id>")
@blueprint.output({}, status_code=204)
def revoke_outlet(outlet_id: int) -> str:
    """Revoke a feed out

    Its address leads nowhere from now on.
    """
    service.revoke_outlet(current_actor(), outlet_id)
    return ""
