"""JSON about one's own archives."""

from apiflask import APIBlueprint
from flask import Response, send_file

from trackeep.core.actor import Actor
from trackeep.core.web.idempotent import idempotent
from trackeep.core.web.identity import current_actor
from trackeep.portability import queries, service
from trackeep.portability.schemas import ArchiveOut, ArchivesOut, RequestedOut

blueprint = APIBlueprint("portability_api", __name__, tag="Your data")


@blueprint.get("/archives")
@blueprint.output(ArchivesOut)
def list_archives() -> ArchivesOut:
    """List your archives, newest first"""
    found = queries.archives(_actor("portability:read"))
    return ArchivesOut(items=[ArchiveOut.model_validate(archive) for archive in found])


@blueprint.post("/archives")
@idempotent
@blueprint.output(RequestedOut, status_code=202)
def request_archive() -> RequestedOut:
    """Have an archive of everything you own made"""
    return RequestedOut(id=service.request_archive(_actor("portability:write")))


@blueprint.get("/archives/<int:archive_id>/file")
@blueprint.output({}, content_type="application/zip")
def download_archive(archive_id: int) -> Response:
    """Download a finished archive"""
    download = service.open_archive(_actor("portability:read"), archive_id)
    return send_file(download.path, "application/zip", as_attachment=True, download_name=download.file_name)


@blueprint.delete("/archives/<int:archive_id>")
@blueprint.output({}, status_code=204)
def delete_archive(archive_id: int) -> str:
    """Delete an archive"""
    service.delete_archive(_actor("portability:write"), archive_id)
    return ""


def _actor(scope: str) -> Actor:
    actor = current_actor()
    actor.require_user()
    actor.require_scope(scope)
    return actor
