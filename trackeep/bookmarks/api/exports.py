"""The export as a file, for programs."""

from flask import Response

from trackeep.bookmarks.api.door import blueprint
from trackeep.bookmarks.downloads import FILE_TYPES, download
from trackeep.bookmarks.schemas import ExportQuery
from trackeep.core.web.identity import current_actor


@blueprint.get("/export")
@blueprint.input(ExportQuery, location="query")
@blueprint.output({}, content_type=FILE_TYPES["html"])
def export_bookmarks(query_data: ExportQuery) -> Response:
    """Download bookmarks as a file

    As ``html`` every browser and bookmark manager takes them in; ``jsonl`` has one object a line. Without filters it
    is everything, the archive included.
    """
    return download(current_actor(), query_data.filters(), query_data.format)
