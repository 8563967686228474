"""JSON of one bookmark by chance."""

from flask import Response

from trackeep.bookmarks import queries
from trackeep.bookmarks.api.door import blueprint
from trackeep.bookmarks.api.shapes import bookmark_shapes
from trackeep.bookmarks.schemas import BookmarkOut, FilterIn
from trackeep.core.errors import NotFound
from trackeep.core.templating import json_response
from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import SEARCH, limited_by, searched


@blueprint.get("/random")
@limited_by(SEARCH, searched("text"))
@blueprint.input(FilterIn, location="query")
@blueprint.output(BookmarkOut)
def pick_bookmark(query_data: FilterIn) -> Response:
    """Pick a bookmark by chance

    Of those that the filters let through, which are those of the list; 404 when there is none.
    """
    actor = current_actor()
    bookmark_id = queries.pick_bookmark(actor, query_data.filters())
    if bookmark_id is None:
        raise NotFound()
    response = json_response(bookmark_shapes([queries.get_bookmark(actor, bookmark_id)])[0])
    response.headers["Cache-Control"] = "no-store"
    return response
