"""JSON of single bookmarks and of lists."""

import hashlib

from flask import Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from trackeep.bookmarks import queries, service
from trackeep.bookmarks.api.door import blueprint
from trackeep.bookmarks.api.shapes import bookmark_shapes
from trackeep.bookmarks.api.versions import expected_version
from trackeep.bookmarks.queries import BookmarkItem
from trackeep.bookmarks.schemas import (
    BookmarkIn,
    BookmarkOut,
    BookmarkPageOut,
    BookmarkPatch,
    CheckOut,
    CheckQuery,
    ListQuery,
)
from trackeep.core import cache
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.openapi.document import TAKES_VERSION
from trackeep.core.paging import Page
from trackeep.core.templating import as_json, json_bytes, json_response
from trackeep.core.web.idempotent import idempotent
from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import SEARCH, limited_by, searched


@blueprint.get("")
@limited_by(SEARCH, searched("text"))
@blueprint.input(ListQuery, location="query")
@blueprint.output(BookmarkPageOut)
def list_bookmarks(query_data: ListQuery) -> Response:
    """List bookmarks

    The filters all have to hold. ``text`` finds words, ``tag`` includes the tags below it and ``collection`` the
    collections below it. Go on with ``next_cursor``.
    """
    page = queries.list_bookmarks(
        current_actor(),
        query_data.filters(),
        sort=query_data.sort,
        cursor=query_data.cursor,
        limit=query_data.limit,
        with_total=query_data.cursor is None,
    )
    return json_bytes(cache.rendering(page, "json", lambda: _page(page)))


def _page(page: Page[BookmarkItem]) -> bytes:
    return as_json(
        {
            "items": bookmark_shapes(page.items),
            "next_cursor": page.next_cursor,
            "total": page.total,
            "total_capped": page.total_capped,
        }
    )


@blueprint.post("")
@idempotent
@blueprint.input(BookmarkIn)
@blueprint.output(BookmarkOut, status_code=201)
def save_bookmark(json_data: BookmarkIn) -> Response:
    """Save a page

    Its title, description and pictures are fetched in the background. A page that is saved already answers 409 with
    ``existing_id``.
    """
    actor = current_actor()
    space_id = json_data.space_id or _own_space(actor)
    bookmark_id = service.save_bookmark(actor, space_id=space_id, draft=json_data.draft())
    response = _answer(queries.get_bookmark(actor, bookmark_id), 201)
    response.headers["Location"] = url_for("bookmarks_api.show_bookmark", bookmark_id=bookmark_id)
    return response


@blueprint.get("/<int:bookmark_id>")
@blueprint.output(BookmarkOut)
def show_bookmark(bookmark_id: int) -> AnyResponse:
    """Show a bookmark

    The ``ETag`` begins with its version, for ``If-Match`` when you change it.
    """
    response = _answer(queries.get_bookmark(current_actor(), bookmark_id))
    return response.make_conditional(request)


@blueprint.patch("/<int:bookmark_id>")
@blueprint.doc(extensions={TAKES_VERSION: True})
@blueprint.input(BookmarkPatch)
@blueprint.output(BookmarkOut)
def edit_bookmark(bookmark_id: int, json_data: BookmarkPatch) -> Response:
    """Change a bookmark

    Only the fields that are sent change. Texts need ``If-Match``; a stale version answers 409 with both texts.
    """
    actor = current_actor()
    service.edit_bookmark(actor, bookmark_id, json_data.changes(), version=expected_version())
    return _answer(queries.get_bookmark(actor, bookmark_id))


@blueprint.delete("/<int:bookmark_id>")
@blueprint.output({}, status_code=204)
def trash_bookmark(bookmark_id: int) -> str:
    """Move a bookmark to the trash"""
    actor = current_actor()
    service.trash_bookmarks(actor, [queries.get_bookmark(actor, bookmark_id).id])
    return ""


@blueprint.post("/<int:bookmark_id>/refetch")
@blueprint.output(BookmarkOut, status_code=202)
def refetch_bookmark(bookmark_id: int) -> Response:
    """Fetch the page's details again"""
    actor = current_actor()
    service.refetch_bookmark(actor, bookmark_id)
    return _answer(queries.get_bookmark(actor, bookmark_id), 202)


@blueprint.get("/check")
@blueprint.input(CheckQuery, location="query")
@blueprint.output(CheckOut)
def check_url(query_data: CheckQuery) -> Response:
    """Ask whether a page is saved already"""
    actor = current_actor()
    found = queries.find_by_url(actor, query_data.space or _own_space(actor), query_data.url)
    return json_response({"saved": found is not None, "bookmark": bookmark_shapes([found])[0] if found else None})


def _own_space(actor: Actor) -> int:
    if actor.personal_space_id is None:
        raise NotFound()
    return actor.personal_space_id


def _answer(item: BookmarkItem, status: int = 200) -> Response:
    """The names of its tags are shown too, and a new one raises no version: so the text is part of the ETag."""
    response = json_response(bookmark_shapes([item])[0], status)
    response.set_etag(f"{item.version}.{hashlib.sha256(response.get_data()).hexdigest()[:16]}")
    return response
