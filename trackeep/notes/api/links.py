"""JSON of the links between notes."""

from trackeep.core.paging import Page
from trackeep.core.web.identity import current_actor
from trackeep.notes import queries
from trackeep.notes.api.door import blueprint, own_space
from trackeep.notes.queries import Backlink, Missing, Outgoing
from trackeep.notes.schemas import BacklinksOut, MissingNamesOut, MissingQuery, OutgoingOut, PageQuery


@blueprint.get("/<int:note_id>/backlinks")
@blueprint.input(PageQuery, location="query")
@blueprint.output(BacklinksOut)
def list_backlinks(note_id: int, query_data: PageQuery) -> Page[Backlink]:
    """List where other notes mention a note"""
    return queries.list_backlinks(current_actor(), note_id, cursor=query_data.cursor, limit=query_data.limit)


@blueprint.get("/<int:note_id>/links")
@blueprint.input(PageQuery, location="query")
@blueprint.output(OutgoingOut)
def list_outgoing(note_id: int, query_data: PageQuery) -> Page[Outgoing]:
    """List the links of a note in their order"""
    return queries.list_outgoing(current_actor(), note_id, cursor=query_data.cursor, limit=query_data.limit)


@blueprint.get("/missing")
@blueprint.input(MissingQuery, location="query")
@blueprint.output(MissingNamesOut)
def list_missing(query_data: MissingQuery) -> Page[Missing]:
    """List names that notes mention and none has"""
    actor = current_actor()
    space_id = query_data.space or own_space(actor)
    return queries.list_missing(actor, space_id, cursor=query_data.cursor, limit=query_data.limit)
