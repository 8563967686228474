"""JSON of imports: bring a file, say how it is read, read its report, save it, take it back."""

from trackeep.core.errors import Forbidden
from trackeep.core.paging import Page
from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import UPLOAD, limited_by
from trackeep.core.web.uploads import allow_imports
from trackeep.tasks import queries, service
from trackeep.tasks.api.door import blueprint
from trackeep.tasks.queries import ImportItem, ImportRowItem
from trackeep.tasks.schemas import (
    TaskFileIn,
    TaskImportDraftOut,
    TaskImportOptionsIn,
    TaskImportOut,
    TaskImportPreviewOut,
    TaskImportRowsOut,
    TaskImportRowsQuery,
    TaskImportsOut,
)

allow_imports(blueprint, "upload_import")


@blueprint.get("/imports")
@blueprint.output(TaskImportsOut)
def list_imports() -> TaskImportsOut:
    """List your imports of tasks, newest first"""
    return TaskImportsOut(items=[TaskImportOut.model_validate(item) for item in queries.list_imports(current_actor())])


@blueprint.post("/imports")
@limited_by(UPLOAD)
@blueprint.input(TaskFileIn, location="files")
@blueprint.output(TaskImportOut, status_code=202)
def upload_import(files_data: TaskFileIn) -> ImportItem:
    """Bring a file of tasks

    A CSV of Todoist, a calendar with VTODO, our own CSV, or any table, whose columns are then to be chosen. It is
    looked through first; nothing is saved.
    """
    actor = current_actor()
    space_id = files_data.space_id if files_data.space_id is not None else actor.personal_space_id
    if space_id is None:
        raise Forbidden()
    file = files_data.file
    import_id = service.open_import(actor, space_id, file_name=file.filename or "", stream=file.stream)
    return queries.get_import(actor, import_id)


@blueprint.get("/imports/<int:import_id>")
@blueprint.output(TaskImportOut)
def show_import(import_id: int) -> ImportItem:
    """Show how far an import is"""
    return queries.get_import(current_actor(), import_id)


@blueprint.get("/imports/<int:import_id>/preview")
@blueprint.output(TaskImportPreviewOut)
def preview_import(import_id: int) -> TaskImportPreviewOut:
    """Read the first rows of a table

    With the columns that were suggested, or chosen so far, and what becomes of the rows by them.
    """
    found = queries.preview_columns(current_actor(), import_id)
    return TaskImportPreviewOut(
        columns=list(found.columns),
        chosen={str(name): number for name, number in found.mapped.items()},
        rows=[list(row) for row in found.rows],
        tasks=[
            TaskImportDraftOut(
                number=draft.number,
                title=draft.title,
                due_on=draft.due_on,
                project=draft.project,
                section=draft.section,
                tags=list(draft.tags),
                notes=[str(said) for said in ((draft.broken,) if draft.broken else ()) + draft.remarks],
            )
            for draft in found.drafts
        ],
    )


@blueprint.put("/imports/<int:import_id>/options")
@blueprint.input(TaskImportOptionsIn)
@blueprint.output(TaskImportOut, status_code=202)
def choose_options(import_id: int, json_data: TaskImportOptionsIn) -> ImportItem:
    """Say how a file is read

    It is looked through by that, also once more, until it is saved.
    """
    service.choose_options(current_actor(), import_id, json_data.options())
    return queries.get_import(current_actor(), import_id)


@blueprint.get("/imports/<int:import_id>/rows")
@blueprint.input(TaskImportRowsQuery, location="query")
@blueprint.output(TaskImportRowsOut)
def list_import_rows(import_id: int, query_data: TaskImportRowsQuery) -> Page[ImportRowItem]:
    """Read the report of an import

    One line for each entry of the file, in its order.
    """
    return queries.import_rows(
        current_actor(), import_id, outcome=query_data.outcome, cursor=query_data.cursor, limit=query_data.limit
    )


@blueprint.post("/imports/<int:import_id>/run")
@blueprint.output(TaskImportOut, status_code=202)
def run_import(import_id: int) -> ImportItem:
    """Save what an import has found

    Calling it again changes nothing; an import that was interrupted goes on.
    """
    service.start_import(current_actor(), import_id)
    return queries.get_import(current_actor(), import_id)


@blueprint.post("/imports/<int:import_id>/undo")
@blueprint.output(TaskImportOut, status_code=202)
def undo_import(import_id: int) -> ImportItem:
    """Take an import back

    What it saved goes to the trash; what was edited since stays.
    """
    service.start_undo(current_actor(), import_id)
    return queries.get_import(current_actor(), import_id)


@blueprint.delete("/imports/<int:import_id>")
@blueprint.output({}, status_code=204)
def discard_import(import_id: int) -> str:
    """Forget a file and its report

    Tasks that were saved stay.
    """
    service.discard_import(current_actor(), import_id)
    return ""
