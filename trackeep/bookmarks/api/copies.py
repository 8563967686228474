"""JSON of copies of pages."""

from flask import Response

from trackeep.bookmarks import queries, service
from trackeep.bookmarks.api.door import blueprint
from trackeep.bookmarks.queries import CopyItem
from trackeep.bookmarks.schemas import CopiesOut, CopyOut
from trackeep.core.web.downloads import sandboxed
from trackeep.core.web.idempotent import idempotent
from trackeep.core.web.identity import current_actor


@blueprint.get("/<int:bookmark_id>/copies")
@blueprint.output(CopiesOut)
def list_copies(bookmark_id: int) -> CopiesOut:
    """List the copies of a page, newest first

    Three are kept.
    """
    found = queries.copies_of(queries.get_bookmark(current_actor(), bookmark_id).id)
    return CopiesOut(items=[CopyOut.model_validate(each) for each in found])


@blueprint.post("/<int:bookmark_id>/copies")
@idempotent
@blueprint.output(CopyOut, status_code=202)
def request_copy(bookmark_id: int) -> CopyItem:
    """Copy a page into one file

    With its pictures, fonts and styles, without anything that acts. It is made in the background.
    """
    actor = current_actor()
    return queries.get_copy(actor, bookmark_id, service.request_copy(actor, bookmark_id))


@blueprint.get("/<int:bookmark_id>/copies/<int:copy_id>")
@blueprint.output(CopyOut)
def show_copy(bookmark_id: int, copy_id: int) -> CopyItem:
    """Show how far a copy is"""
    return queries.get_copy(current_actor(), bookmark_id, copy_id)


@blueprint.get("/<int:bookmark_id>/copies/<int:copy_id>/file")
@blueprint.output({}, content_type="text/html")
def download_copy(bookmark_id: int, copy_id: int) -> Response:
    """Download a copy"""
    copy = queries.get_copy(current_actor(), bookmark_id, copy_id)
    return sandboxed(copy.blob_key, download_as=f"page-{bookmark_id}-{copy.taken_at:%Y-%m-%d}.html")


@blueprint.delete("/<int:bookmark_id>/copies/<int:copy_id>")
@blueprint.output({}, status_code=204)
def remove_copy(bookmark_id: int, copy_id: int) -> str:
    """Remove a copy for good"""
    service.remove_copy(current_actor(), bookmark_id, copy_id)
    return ""
