"""JSON's neighbour: tasks as a file."""

from flask import Response

from trackeep.core.web.downloads import streamed
from trackeep.core.web.identity import current_actor
from trackeep.tasks import exports
from trackeep.tasks.api.door import blueprint
from trackeep.tasks.schemas import TaskExportQuery


@blueprint.get("/export")
@blueprint.input(TaskExportQuery, location="query")
@blueprint.output({}, content_type=exports.FILE_TYPES["csv"])
def export_tasks(query_data: TaskExportQuery) -> Response:
    """Download tasks as a table or a calendar

    Those that a filter lets through, or all. Both come back whole by the import.
    """
    actor, form = current_actor(), query_data.format
    pieces = exports.export(actor, query_data.filters(), form)
    return streamed(pieces, file_name=exports.file_name(actor, form), content_type=exports.FILE_TYPES[form])
