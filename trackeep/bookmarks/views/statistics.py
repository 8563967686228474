"""The library in numbers, as charts and as tables."""

from flask import Response, request

from trackeep.bookmarks import queries
from trackeep.bookmarks.schemas import StatisticsQuery
from trackeep.bookmarks.views.door import blueprint
from trackeep.core import templating
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import chosen_space
from trackeep.core.web.identity import current_actor
from trackeep.core.web.shell import week_start_of


@blueprint.get("/statistics")
def show_statistics() -> Response:
    actor = current_actor()
    given = parse(StatisticsQuery, {"weeks": request.args.get("weeks") or "26"})
    weeks = int(given.weeks)
    figures = queries.statistics(actor, space_id=chosen_space(actor), weeks=weeks, week_start=week_start_of(actor))
    return templating.page("bookmarks/statistics.html", figures=figures, weeks=weeks)
