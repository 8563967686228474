"""JSON of the library in numbers, and of what is shown again today."""

from trackeep.bookmarks import queries, service
from trackeep.bookmarks.api.door import blueprint
from trackeep.bookmarks.queries import Statistics
from trackeep.bookmarks.schemas import RemindQuery, ResurfacedOut, StatisticsOut, StatisticsQuery
from trackeep.core.errors import NotFound
from trackeep.core.web.identity import current_actor
from trackeep.core.web.shell import week_start_of


@blueprint.get("/statistics")
@blueprint.input(StatisticsQuery, location="query")
@blueprint.output(StatisticsOut)
def show_statistics(query_data: StatisticsQuery) -> Statistics:
    """Count the library

    By the weeks of your time zone and your first day of the week; the last one is not over yet. Tags count everything
    that carries them.
    """
    actor = current_actor()
    return queries.statistics(
        actor, space_id=query_data.space, weeks=int(query_data.weeks), week_start=week_start_of(actor)
    )


@blueprint.get("/resurfacing")
@blueprint.input(RemindQuery, location="query")
@blueprint.output(ResurfacedOut)
def show_resurfaced(query_data: RemindQuery) -> ResurfacedOut:
    """Show what is worth another look today

    Pages saved on this day of an earlier year, else short ones that are unread.
    """
    actor = current_actor()
    if query_data.space is not None:
        actor.require_read(query_data.space)
    found = queries.resurfaced(actor, query_data.space)
    return ResurfacedOut.model_validate(found) if found else ResurfacedOut(kind=None, items=[])


@blueprint.post("/<int:bookmark_id>/rest")
@blueprint.output({}, status_code=204)
def rest_bookmark(bookmark_id: int) -> str:
    """Do not show a bookmark again today"""
    actor = current_actor()
    item = queries.get_bookmark(actor, bookmark_id)
    if not actor.can_read(item.space_id):
        raise NotFound()
    service.rest_until_tomorrow(actor, bookmark_id)
    return ""
