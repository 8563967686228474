"""The export as a file, for programs."""

from flask import Response

from trackeep.bookmarks import exports
from trackeep.bookmarks.api.door import blueprint
from trackeep.bookmarks.schemas import ExportQuery
from trackeep.core.web.downloads import streamed
from trackeep.core.web.identity import current_actor


@blueprint.get("/export")
@blueprint.input(ExportQuery, location="query")
@blueprint.output({}, content_type=exports.FILE_TYPES["html"])
def export_bookmarks(query_data: ExportQuery) -> Response:
    """Download bookmarks as a file

    As ``html`` every browser and bookmark manager takes them in. ``csv``, ``json`` (one document) and ``jsonl`` (one
    object a line) have everything; ``md`` is a list by collection for reading. An import takes each of them back.
    Without filters it is everything, the archive included.
    """
    form = query_data.format
    pieces = exports.export(current_actor(), query_data.filters(), form)
    return streamed(pieces, file_name=exports.file_name(form), content_type=exports.FILE_TYPES[form])
