"""Copies of pages: asked for in the panel, shown in a frame from where they can do nothing, downloaded."""

from flask import Response, request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.bookmarks import queries, service
from trackeep.bookmarks.views.answers import by_script
from trackeep.bookmarks.views.details import detail_page
from trackeep.bookmarks.views.door import blueprint
from trackeep.core import templating
from trackeep.core.web.downloads import sandboxed
from trackeep.core.web.identity import current_actor


@blueprint.post("/<int:bookmark_id>/copy")
def request_copy(bookmark_id: int) -> AnyResponse:
    actor = current_actor()
    service.request_copy(actor, bookmark_id)
    if by_script():
        return detail_page(actor, queries.get_bookmark(actor, bookmark_id))
    return redirect(url_for("bookmarks.show", bookmark_id=bookmark_id), 303)


@blueprint.get("/<int:bookmark_id>/copy/<int:copy_id>")
def show_copy(bookmark_id: int, copy_id: int) -> Response:
    actor = current_actor()
    item, copy = queries.get_bookmark(actor, bookmark_id), queries.get_copy(actor, bookmark_id, copy_id)
    return templating.page("bookmarks/copy.html", item=item, copy=copy, title=item.title or item.url[:300])


@blueprint.get("/<int:bookmark_id>/copy/<int:copy_id>/file")
def show_copy_file(bookmark_id: int, copy_id: int) -> Response:
    copy = queries.get_copy(current_actor(), bookmark_id, copy_id)
    name = f"page-{bookmark_id}-{copy.taken_at:%Y-%m-%d}.html" if request.args.get("download") == "1" else ""
    return sandboxed(copy.blob_key, download_as=name)


@blueprint.post("/<int:bookmark_id>/copy/<int:copy_id>/remove")
def remove_copy(bookmark_id: int, copy_id: int) -> AnyResponse:
    service.remove_copy(current_actor(), bookmark_id, copy_id)
    return redirect(url_for("bookmarks.show", bookmark_id=bookmark_id), 303)
