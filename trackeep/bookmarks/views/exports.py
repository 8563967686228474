"""The page that offers the export, and the file."""

from urllib.parse import urlencode

from flask import Response, request
from flask_babel import format_decimal

from trackeep.bookmarks import queries
from trackeep.bookmarks.downloads import download
from trackeep.bookmarks.filters import Filters, View
from trackeep.bookmarks.schemas import ExportQuery
from trackeep.bookmarks.views.door import blueprint
from trackeep.bookmarks.views.places import current_place
from trackeep.core import templating
from trackeep.core.schemas import parse
from trackeep.core.web.identity import current_actor


@blueprint.get("/export")
def export_page() -> Response:
    """Everything, or what the list shows that the visitor comes from."""
    actor, place = current_actor(), current_place()
    filters = place.given.filters()
    fields = place.filter_fields
    return templating.page(
        "bookmarks/export.html",
        place=place,
        fields=fields,
        whole_size=format_decimal(queries.export_size(actor, Filters(view=View.EVERYTHING))),
        part_size=format_decimal(queries.export_size(actor, filters)) if fields else None,
        part_query=urlencode({"view": place.given.view.value, **fields}),
    )


@blueprint.get("/export/file")
def export_file() -> Response:
    query = parse(ExportQuery, {name: value for name, value in request.args.items() if value})
    return download(current_actor(), query.filters(), query.format)
