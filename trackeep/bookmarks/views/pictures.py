"""The icon and the preview picture of a page, as they were fetched, made small and cleaned."""

from flask import request, send_file
from werkzeug.wrappers import Response as AnyResponse

from trackeep.bookmarks import queries
from trackeep.bookmarks.views.door import blueprint
from trackeep.core import ext
from trackeep.core.errors import NotFound
from trackeep.core.web.identity import current_actor

MAX_AGE = 30 * 86_400


@blueprint.get("/<int:bookmark_id>/favicon")
def favicon(bookmark_id: int) -> AnyResponse:
    return picture_answer(queries.get_bookmark(current_actor(), bookmark_id).favicon_key)


@blueprint.get("/<int:bookmark_id>/preview")
def preview(bookmark_id: int) -> AnyResponse:
    return picture_answer(queries.get_bookmark(current_actor(), bookmark_id).preview_key)


def picture_answer(key: str | None) -> AnyResponse:
    """Only for whoever may see the bookmark, so only their own browser keeps it."""
    if key is None or not ext.blobs().path(key).is_file():
        raise NotFound()
    response = send_file(ext.blobs().path(key), mimetype="image/webp", conditional=False)
    response.set_etag(key)
    response.headers["Cache-Control"] = f"private, max-age={MAX_AGE}"
    return response.make_conditional(request)
