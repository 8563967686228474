"""The settings page about one's own data."""

from flask import Blueprint, Response, send_file, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.web.identity import current_actor
from trackeep.portability import queries, service

blueprint = Blueprint("portability", __name__, template_folder="templates")


@blueprint.get("/settings/data")
def show_archives() -> Response:
    actor = current_actor()
    actor.require_user()
    return templating.page(
        "portability/archives.html",
        block="settings",
        archives=queries.archives(actor),
        contents=queries.contents(),
        days=service.KEPT.days,
    )


@blueprint.post("/settings/data")
def request_archive() -> AnyResponse:
    service.request_archive(current_actor())
    return redirect(url_for("portability.show_archives"), 303)


@blueprint.get("/settings/data/<int:archive_id>")
def download_archive(archive_id: int) -> Response:
    actor = current_actor()
    actor.require_user()
    download = service.open_archive(actor, archive_id)
    response = send_file(download.path, "application/zip", as_attachment=True, download_name=download.file_name)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/settings/data/<int:archive_id>/delete")
def delete_archive(archive_id: int) -> AnyResponse:
    actor = current_actor()
    actor.require_user()
    service.delete_archive(actor, archive_id)
    return redirect(url_for("portability.show_archives"), 303)
