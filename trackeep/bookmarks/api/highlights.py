"""JSON of highlights: those of one page, lists, marking, notes and colours, export."""

from collections.abc import Mapping
from typing import Any

from flask import Response, url_for

from trackeep.bookmarks import highlight_exports, queries, service
from trackeep.bookmarks.api.door import blueprint
from trackeep.bookmarks.api.versions import expected_version
from trackeep.bookmarks.queries import HighlightItem, PlacedHighlight
from trackeep.bookmarks.schemas import (
    HighlightExportQuery,
    HighlightIn,
    HighlightListOut,
    HighlightOut,
    HighlightPatch,
    HighlightQuery,
    PlacedHighlightsOut,
)
from trackeep.core.openapi.document import TAKES_VERSION
from trackeep.core.templating import json_response
from trackeep.core.web.downloads import streamed
from trackeep.core.web.idempotent import idempotent
from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import SEARCH, limited_by, searched

SAME = (
    "id",
    "space_id",
    "bookmark_id",
    "quote",
    "prefix",
    "suffix",
    "start",
    "end",
    "colour",
    "note",
    "added_at",
    "updated_at",
    "version",
    "created_by",
)
OF_PAGE = ("url", "site", "title", "author")


@blueprint.get("/highlights")
@limited_by(SEARCH, searched("text"))
@blueprint.input(HighlightQuery, location="query")
@blueprint.output(HighlightListOut)
def list_highlights(query_data: HighlightQuery) -> Response:
    """List highlights, newest first

    The filters all have to hold. ``text`` finds words of quotes and notes; ``tag`` (with the tags below it) and
    ``site`` are the page's. Go on with ``next_cursor``.
    """
    page = queries.list_highlights(
        current_actor(), query_data.filters(), cursor=query_data.cursor, limit=query_data.limit
    )
    return json_response({"items": [_shape(item) for item in page.items], "next_cursor": page.next_cursor})


@blueprint.get("/highlights/export")
@blueprint.input(HighlightExportQuery, location="query")
@blueprint.output({}, content_type=highlight_exports.FILE_TYPES["md"])
def export_highlights(query_data: HighlightExportQuery) -> Response:
    """Download highlights as a file

    ``md`` is Markdown for people and note programs, ``jsonl`` has one object a line. The filters are those of the
    list; with ``bookmark`` it is one page, with what is known of it in front.
    """
    form, filters = query_data.format, query_data.filters()
    pieces = highlight_exports.export(current_actor(), filters, form)
    name = highlight_exports.file_name(form, filters)
    return streamed(pieces, file_name=name, content_type=highlight_exports.FILE_TYPES[form])


@blueprint.get("/<int:bookmark_id>/highlights")
@blueprint.output(PlacedHighlightsOut)
def list_highlights_of_bookmark(bookmark_id: int) -> Response:
    """List the highlights of a page in the order of its text

    All of them, at most 2,000, each looked for in the article's text of now.
    """
    found = queries.highlights_of(current_actor(), bookmark_id)
    return json_response({"items": [_placed_shape(each) for each in found]})


@blueprint.post("/<int:bookmark_id>/highlights")
@idempotent
@blueprint.input(HighlightIn)
@blueprint.output(HighlightOut, status_code=201)
def create_highlight(bookmark_id: int, json_data: HighlightIn) -> Response:
    """Mark a passage of a page

    The passage is looked for in the article, so ``start`` and ``end`` of the answer may differ from those that were
    sent.
    """
    actor = current_actor()
    highlight_id = service.add_highlight(actor, bookmark_id, json_data.passage())
    response = _answer(queries.get_highlight(actor, highlight_id), 201)
    response.headers["Location"] = url_for("bookmarks_api.show_highlight", highlight_id=highlight_id)
    return response


@blueprint.get("/highlights/<int:highlight_id>")
@blueprint.output(HighlightOut)
def show_highlight(highlight_id: int) -> Response:
    """Show a highlight

    The ``ETag`` is its version, for ``If-Match`` when you change its note.
    """
    return _answer(queries.get_highlight(current_actor(), highlight_id))


@blueprint.patch("/highlights/<int:highlight_id>")
@blueprint.doc(extensions={TAKES_VERSION: True})
@blueprint.input(HighlightPatch)
@blueprint.output(HighlightOut)
def edit_highlight(highlight_id: int, json_data: HighlightPatch) -> Response:
    """Change a highlight's colour or note

    A note needs ``If-Match``; a stale version answers 409 with both texts. Of colours the last one wins.
    """
    actor = current_actor()
    service.edit_highlight(
        actor, highlight_id, colour=json_data.colour, note=json_data.new_note, version=expected_version()
    )
    return _answer(queries.get_highlight(actor, highlight_id))


@blueprint.delete("/highlights/<int:highlight_id>")
@blueprint.output({}, status_code=204)
def trash_highlight(highlight_id: int) -> str:
    """Move a highlight to the trash"""
    actor = current_actor()
    service.trash_highlights(actor, [queries.get_highlight(actor, highlight_id).id])
    return ""


def _answer(item: HighlightItem, status: int = 200) -> Response:
    response = json_response(_shape(item), status)
    response.set_etag(str(item.version))
    return response


def _shape(item: HighlightItem) -> dict[str, Any]:
    shape: dict[str, Any] = {name: getattr(item, name) for name in SAME}
    return shape | {"page": {name: getattr(item, f"page_{name}") for name in OF_PAGE}}


def _placed_shape(each: PlacedHighlight) -> Mapping[str, Any]:
    shape = _shape(each.item) | {"state": each.state.value}
    return shape | ({"start": each.place.start, "end": each.place.end} if each.place else {})
