"""Everything that can be done with a library beside reading it, on one page in groups."""

from flask import Response

from trackeep.bookmarks.views.door import blueprint
from trackeep.core import templating


@blueprint.get("/tools")
def tools() -> Response:
    return templating.page("bookmarks/tools.html")
