"""JSON of the trash."""

from apiflask import APIBlueprint

from trackeep.core.actor import Actor
from trackeep.core.paging import Page
from trackeep.core.slots import Trashed
from trackeep.core.web.identity import current_actor
from trackeep.trash import queries, service
from trackeep.trash.schemas import ChangedOut, EmptyIn, IdsIn, TrashPageOut, TrashQuery

blueprint = APIBlueprint("trash_api", __name__, tag="Trash")


@blueprint.get("")
@blueprint.input(TrashQuery, location="query")
@blueprint.output(TrashPageOut)
def list_trash(query_data: TrashQuery) -> Page[Trashed]:
    """List what lies in your trash, newest first"""
    actor = _actor("trash:read")
    return queries.trashed(actor, kind=query_data.kind, cursor=query_data.cursor, limit=query_data.limit)


@blueprint.post("/restore")
@blueprint.input(IdsIn)
@blueprint.output(ChangedOut)
def restore(json_data: IdsIn) -> ChangedOut:
    """Bring things back"""
    return ChangedOut(changed=service.restore(_actor("trash:write"), ids=json_data.ids))


@blueprint.post("/purge")
@blueprint.input(IdsIn)
@blueprint.output(ChangedOut)
def purge(json_data: IdsIn) -> ChangedOut:
    """Remove things for good"""
    return ChangedOut(changed=service.purge(_actor("trash:write"), ids=json_data.ids))


@blueprint.post("/empty")
@blueprint.input(EmptyIn)
@blueprint.output(ChangedOut)
def empty(json_data: EmptyIn) -> ChangedOut:
    """Remove everything in your trash for good, or one kind of it"""
    return ChangedOut(changed=service.empty(_actor("trash:write"), kind=json_data.kind))


def _actor(scope: str) -> Actor:
    actor = current_actor()
    actor.require_user()
    actor.require_scope(scope)
    return actor
