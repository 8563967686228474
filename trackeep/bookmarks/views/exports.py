"""The page that offers the export, and the file."""

from urllib.parse import urlencode

from flask import Response, request

from trackeep.bookmarks import exports, queries
from trackeep.bookmarks.filters import Filters, View
from trackeep.bookmarks.schemas import ExportQuery
from trackeep.bookmarks.views.door import blueprint
from trackeep.bookmarks.views.places import current_place
from trackeep.core import templating
from trackeep.core.schemas import parse
from trackeep.core.web.downloads import streamed
from trackeep.core.web.identity import current_actor


@blueprint.get("/export")
def export_page() -> Response:
    """Everything in the space that is looked at, or what the list shows that the visitor comes from."""
    actor = current_actor()
    place = current_place(actor)
    whole = Filters(view=View.EVERYTHING, space_id=place.space_id)
    is_part = place.is_filtered or place.given.view is not View.ALL
    return templating.page(
        "bookmarks/export.html",
        place=place,
        whole_size=queries.export_size(actor, whole),
        whole_query=urlencode({"view": whole.view.value, **({"space": place.space_id} if place.space_id else {})}),
        part_size=queries.export_size(actor, place.filters()) if is_part else None,
        part_query=urlencode({"view": place.given.view.value, **place.filter_fields}),
    )


@blueprint.get("/export/file")
def export_file() -> Response:
    query = parse(ExportQuery, {name: value for name, value in request.args.items() if value})
    pieces = exports.export(current_actor(), query.filters(), query.format)
    return streamed(pieces, file_name=exports.file_name(query.format), content_type=exports.FILE_TYPES[query.format])
