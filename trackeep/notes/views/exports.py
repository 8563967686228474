"""The page that offers notes as a file, and the file."""

from flask import Response, request

from trackeep.core import templating
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import target_space
from trackeep.core.web.downloads import streamed
from trackeep.core.web.identity import current_actor
from trackeep.notes import exports, queries
from trackeep.notes.schemas import NoteExportQuery
from trackeep.notes.views.door import blueprint


@blueprint.get("/export")
def export_page() -> Response:
    """All notes of the space, or one note with those below it, for the visitor who comes from there."""
    actor = current_actor()
    query = _query()
    note = queries.get_note(actor, query.note) if query.note is not None else None
    space_id = note.space_id if note else target_space(actor)
    return templating.page(
        "notes/export.html",
        note=note,
        space=space_id,
        whole_size=queries.export_size(actor, space_id),
        part_size=queries.export_size(actor, space_id, note.id) if note else None,
    )


@blueprint.get("/export/file")
def export_file() -> Response:
    actor = current_actor()
    query = _query()
    space_id = query.space or target_space(actor)
    if query.note is not None:
        space_id = queries.get_note(actor, query.note).space_id
    pieces = exports.vault_file(actor, space_id, query.note)
    return streamed(pieces, file_name=exports.file_name(), content_type=exports.FILE_TYPE)


def _query() -> NoteExportQuery:
    return parse(NoteExportQuery, {name: value for name, value in request.args.items() if value})
