"""JSON of imports, and the export: notes as a zip file of Markdown, in and out."""

from flask import Response

from trackeep.core.paging import Page
from trackeep.core.web.downloads import streamed
from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import UPLOAD, limited_by
from trackeep.core.web.uploads import allow_imports
from trackeep.notes import exports, queries, service
from trackeep.notes.api.door import blueprint, own_space
from trackeep.notes.queries import ImportItem, ImportRowItem
from trackeep.notes.schemas import (
    NoteExportQuery,
    NoteImportFileIn,
    NoteImportOut,
    NoteImportRowsOut,
    NoteImportRowsQuery,
    NoteImportsOut,
)

allow_imports(blueprint, "upload_import")


@blueprint.get("/imports")
@blueprint.output(NoteImportsOut)
def list_imports() -> NoteImportsOut:
    """List your imports of notes, newest first"""
    return NoteImportsOut(items=[NoteImportOut.model_validate(item) for item in queries.list_imports(current_actor())])


@blueprint.post("/imports")
@limited_by(UPLOAD)
@blueprint.input(NoteImportFileIn, location="files")
@blueprint.output(NoteImportOut, status_code=202)
def upload_import(files_data: NoteImportFileIn) -> ImportItem:
    """Bring a zip file of Markdown

    As Obsidian keeps it: folders become notes, front matter gives titles, tags and dates. It is looked through in the
    background; nothing is saved. When its state is ``checked``, read the report and run it.
    """
    actor = current_actor()
    file = files_data.file
    import_id = service.open_import(
        actor,
        files_data.space_id or own_space(actor),
        file_name=file.filename or "",
        stream=file.stream,
        parent_id=files_data.parent_id,
    )
    return queries.get_import(actor, import_id)


@blueprint.get("/imports/<int:import_id>")
@blueprint.output(NoteImportOut)
def show_import(import_id: int) -> ImportItem:
    """Show how far an import of notes is"""
    return queries.get_import(current_actor(), import_id)


@blueprint.get("/imports/<int:import_id>/rows")
@blueprint.input(NoteImportRowsQuery, location="query")
@blueprint.output(NoteImportRowsOut)
def list_import_rows(import_id: int, query_data: NoteImportRowsQuery) -> Page[ImportRowItem]:
    """Read the report of an import of notes

    One line for each file, and one for each folder without a note of its own.
    """
    return queries.import_rows(
        current_actor(),
        import_id,
        outcome=query_data.outcome,
        cursor=query_data.cursor,
        limit=query_data.limit,
    )


@blueprint.post("/imports/<int:import_id>/run")
@blueprint.output(NoteImportOut, status_code=202)
def run_import(import_id: int) -> ImportItem:
    """Save the notes that an import has found

    Calling it again changes nothing; an import that was interrupted goes on. What is among your notes already, word for
    word at the same place, is left alone.
    """
    service.start_import(current_actor(), import_id)
    return queries.get_import(current_actor(), import_id)


@blueprint.post("/imports/<int:import_id>/undo")
@blueprint.output(NoteImportOut, status_code=202)
def undo_import(import_id: int) -> ImportItem:
    """Take an import of notes back

    What it saved goes to the trash; what was edited since stays, with the notes above it.
    """
    service.start_undo(current_actor(), import_id)
    return queries.get_import(current_actor(), import_id)


@blueprint.delete("/imports/<int:import_id>")
@blueprint.output({}, status_code=204)
def discard_import(import_id: int) -> str:
    """Forget a file of notes and its report

    Notes that were saved stay.
    """
    service.discard_import(current_actor(), import_id)
    return ""


@blueprint.get("/export")
@blueprint.input(NoteExportQuery, location="query")
@blueprint.output({}, content_type=exports.FILE_TYPE)
def export_notes(query_data: NoteExportQuery) -> Response:
    """Download notes as a zip file of Markdown

    All of a space, or one note with those below it. The import takes it back with equal content; encrypted notes stay
    sealed.
    """
    actor = current_actor()
    space_id = query_data.space or own_space(actor)
    if query_data.note is not None:
        space_id = queries.get_note(actor, query_data.note).space_id
    pieces = exports.vault_file(actor, space_id, query_data.note)
    return streamed(pieces, file_name=exports.file_name(), content_type=exports.FILE_TYPE)
