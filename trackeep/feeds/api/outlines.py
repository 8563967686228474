"""JSON of lists of feeds: bring one, see what is in it, take it in, take yours out."""

from flask import Response

from trackeep.core.web.downloads import streamed
from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import UPLOAD, limited_by
from trackeep.core.web.uploads import allow_imports
from trackeep.feeds import queries, service
from trackeep.feeds.api.door import blueprint, own_space
from trackeep.feeds.queries import OutlineItem
from trackeep.feeds.schemas import OutlineFileIn, OutlineOut, TakeIn

OPML_TYPE, OPML_NAME = "text/x-opml; charset=utf-8", "feeds.opml"

allow_imports(blueprint, "upload_outline")


@blueprint.get("/opml")
@blueprint.output({}, content_type=OPML_TYPE)
def export_opml() -> Response:
    """Download the feeds of your space as OPML

    A token needs the scope ``bookmarks:read`` too.
    """
    actor = current_actor()
    return streamed(service.export_outline(actor, own_space(actor)), file_name=OPML_NAME, content_type=OPML_TYPE)


@blueprint.post("/outlines")
@limited_by(UPLOAD)
@blueprint.input(OutlineFileIn, location="files")
@blueprint.output(OutlineOut, status_code=201)
def upload_outline(files_data: OutlineFileIn) -> OutlineItem:
    """Bring an OPML file

    It is looked through, and nothing is subscribed to yet: read what is new in it, then take it in.
    """
    actor = current_actor()
    space_id = files_data.space_id or own_space(actor)
    file = files_data.file
    outline_id = service.open_outline(actor, space_id, file_name=file.filename or "", stream=file.stream)
    return queries.get_outline(actor, outline_id)


@blueprint.get("/outlines/<int:outline_id>")
@blueprint.output(OutlineOut)
def show_outline(outline_id: int) -> OutlineItem:
    """Show what is in a list of feeds"""
    return queries.get_outline(current_actor(), outline_id)


@blueprint.post("/outlines/<int:outline_id>/take")
@blueprint.input(TakeIn)
@blueprint.output(OutlineOut)
def take_outline(outline_id: int, json_data: TakeIn) -> OutlineItem:
    """Subscribe to what is new in a list of feeds

    A token needs the scope ``bookmarks:write`` too.
    """
    actor = current_actor()
    service.take_outline(actor, outline_id, folders=json_data.folders, wanted=json_data.treatment())
    return queries.get_outline(actor, outline_id)


@blueprint.delete("/outlines/<int:outline_id>")
@blueprint.output({}, status_code=204)
def discard_outline(outline_id: int) -> str:
    """Forget a list of feeds

    Feeds that were subscribed to from it stay.
    """
    service.discard_outline(current_actor(), outline_id)
    return ""
