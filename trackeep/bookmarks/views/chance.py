"""One bookmark by chance, of those that the list shows."""

from flask import url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.bookmarks import queries
from trackeep.bookmarks.views.door import blueprint
from trackeep.bookmarks.views.places import current_place
from trackeep.core.web.identity import current_actor


@blueprint.get("/random")
def random() -> AnyResponse:
    """To one of them; back to the list, which says so, when there is none."""
    actor = current_actor()
    place = current_place(actor)
    bookmark_id = queries.pick_bookmark(actor, place.filters())
    there = place.url() if bookmark_id is None else url_for("bookmarks.show", bookmark_id=bookmark_id)
    response = redirect(there, 303)
    response.headers["Cache-Control"] = "no-store"
    return response
