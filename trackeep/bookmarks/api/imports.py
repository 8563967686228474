"""JSON of imports: bring a file, read its report, save it, take it back."""

from flask import Response

from trackeep.bookmarks import leftovers, queries, service
from trackeep.bookmarks.api.door import blueprint
from trackeep.bookmarks.queries import ImportItem, ImportRowItem
from trackeep.bookmarks.schemas import (
    ImportFileIn,
    ImportOut,
    ImportRowsOut,
    ImportRowsQuery,
    ImportRunIn,
    ImportsOut,
    LeftOutQuery,
)
from trackeep.core.errors import Forbidden
from trackeep.core.paging import Page
from trackeep.core.web.downloads import streamed
from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import UPLOAD, limited_by
from trackeep.core.web.uploads import allow_imports

allow_imports(blueprint, "upload_import")


@blueprint.get("/imports")
@blueprint.output(ImportsOut)
def list_imports() -> ImportsOut:
    """List your imports, newest first"""
    return ImportsOut(items=[ImportOut.model_validate(item) for item in queries.list_imports(current_actor())])


@blueprint.post("/imports")
@limited_by(UPLOAD)
@blueprint.input(ImportFileIn, location="files")
@blueprint.output(ImportOut, status_code=202)
def upload_import(files_data: ImportFileIn) -> ImportItem:
    """Bring a bookmark file

    The file is recognised by its content: HTML as every browser exports it, the exports of Pocket, Raindrop.io,
    Instapaper, Omnivore, Karakeep, Linkwarden, Matter, Readwise Reader and OneTab, what this API exports, and a zip of
    these. It is looked through in the background; nothing is saved. When its state is ``checked``, read the report and
    run it.
    """
    actor = current_actor()
    space_id = files_data.space_id or actor.personal_space_id
    if space_id is None:
        raise Forbidden()
    file = files_data.file
    import_id = service.open_import(actor, space_id, file_name=file.filename or "", stream=file.stream)
    return queries.get_import(actor, import_id)


@blueprint.get("/imports/<int:import_id>")
@blueprint.output(ImportOut)
def show_import(import_id: int) -> ImportItem:
    """Show how far an import is"""
    return queries.get_import(current_actor(), import_id)


@blueprint.get("/imports/<int:import_id>/rows")
@blueprint.input(ImportRowsQuery, location="query")
@blueprint.output(ImportRowsOut)
def list_import_rows(import_id: int, query_data: ImportRowsQuery) -> Page[ImportRowItem]:
    """Read the report of an import

    One line for each entry of the file, in its order, and remarks about the file as a whole.
    """
    return queries.import_rows(
        current_actor(),
        import_id,
        outcome=query_data.outcome,
        cursor=query_data.cursor,
        limit=query_data.limit,
    )


@blueprint.get("/imports/<int:import_id>/left-out")
@blueprint.input(LeftOutQuery, location="query")
@blueprint.output({}, content_type=leftovers.FILE_TYPES["md"])
def download_left_out(import_id: int, query_data: LeftOutQuery) -> Response:
    """Download what an import left out

    Texts without a page, entries without an address and damaged ones, as far as the file tells of them.
    """
    form = query_data.format
    pieces = leftovers.written(queries.left_out(current_actor(), import_id), form)
    return streamed(pieces, file_name=leftovers.file_name(import_id, form), content_type=leftovers.FILE_TYPES[form])


@blueprint.post("/imports/<int:import_id>/run")
@blueprint.input(ImportRunIn)
@blueprint.output(ImportOut, status_code=202)
def run_import(import_id: int, json_data: ImportRunIn) -> ImportItem:
    """Save what an import has found

    Calling it again changes nothing; an import that was interrupted goes on.
    """
    service.start_import(current_actor(), import_id, share_public=json_data.share_public)
    return queries.get_import(current_actor(), import_id)


@blueprint.post("/imports/<int:import_id>/undo")
@blueprint.output(ImportOut, status_code=202)
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

    Bookmarks that were saved stay.
    """
    service.discard_import(current_actor(), import_id)
    return ""
