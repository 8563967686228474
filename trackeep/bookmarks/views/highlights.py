"""The reading list of highlights, those of one page, and their forms."""

import json
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.bookmarks import highlight_exports, queries, service
from trackeep.bookmarks.highlights import MAX_QUOTE, HighlightFilters
from trackeep.bookmarks.schemas import HighlightExportQuery, HighlightFilterIn, HighlightPatch, HighlightQuery
from trackeep.bookmarks.views.answers import by_script
from trackeep.bookmarks.views.door import blueprint
from trackeep.bookmarks.views.passages import Passages, colour_names, group_views
from trackeep.core import templating
from trackeep.core.actor import Actor
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import PARAMETER, chosen_space
from trackeep.core.web.downloads import streamed
from trackeep.core.web.identity import current_actor

PAGES_SHOWN = 10
IN_PAGE = 8
ALL_OF_PAGE = 100


class FilterChip(NamedTuple):
    """A filter in force, and the address without it."""

    icon: str
    text: str
    without: str


class HighlightPlace:
    """One view of the reading list; ``url`` is the address of the same view with some parts changed."""

    def __init__(self, given: HighlightQuery, named: str = "") -> None:
        self.given = given
        self.base = url_for("bookmarks.list_highlights")
        parts = given.model_dump(exclude_defaults=True, exclude={"cursor", "limit", "space"}, mode="json")
        self.parts: dict[str, object] = parts | ({PARAMETER: named} if named else {})

    def url(self, **changes: object) -> str:
        parts = {name: value for name, value in {**self.parts, **changes}.items() if value not in (None, "")}
        return f"{self.base}?{urlencode(parts)}" if parts else self.base

    @property
    def query(self) -> str:
        return urlencode(self.parts)

    @property
    def is_filtered(self) -> bool:
        return bool(set(self.parts) - {PARAMETER})


@blueprint.get("/highlights")
def list_highlights() -> Response:
    actor = current_actor()
    place = _place(dict(request.args))
    filters = replace(place.given.filters(), space_id=chosen_space(actor))
    page = queries.highlight_groups(
        actor,
        filters,
        cursor=place.given.cursor,
        limit=PAGES_SHOWN,
        in_group=ALL_OF_PAGE if filters.bookmark_id else IN_PAGE,
    )
    response = templating.page(
        "bookmarks/highlights.html",
        block="results",
        place=place,
        groups=group_views(actor, page.items),
        next_url=place.url(cursor=page.next_cursor) if page.next_cursor else "",
        colours=colour_names(),
        chips=_chips(actor, place, filters),
        export_query=_export_query(place, filters),
        all_of_page=ALL_OF_PAGE,
    )
    if templating.wants_partial() and not place.given.cursor:
        response.headers["HX-Replace-Url"] = place.url()
    return response


@blueprint.get("/highlights/export")
def export_highlights() -> Response:
    query = parse(HighlightExportQuery, {name: value for name, value in request.args.items() if value})
    filters = query.filters()
    pieces = highlight_exports.export(current_actor(), filters, query.format)
    name = highlight_exports.file_name(query.format, filters)
    return streamed(pieces, file_name=name, content_type=highlight_exports.FILE_TYPES[query.format])


@blueprint.get("/<int:bookmark_id>/highlights")
def show_highlights(bookmark_id: int) -> Response:
    """Beside the article, and as a page of its own."""
    actor = current_actor()
    bookmark = queries.get_bookmark(actor, bookmark_id)
    found = queries.highlights_of(actor, bookmark_id)
    return templating.page(
        "bookmarks/highlights_of.html",
        block="list",
        bookmark=bookmark,
        passages=Passages(actor, shown=MAX_QUOTE).placed(found),
        writable=actor.can_write(bookmark.space_id),
    )


@blueprint.get("/highlights/<int:highlight_id>/edit")
def edit_highlight(highlight_id: int) -> Response:
    actor = current_actor()
    item = queries.get_highlight(actor, highlight_id)
    actor.require_write(item.space_id)
    return templating.page(
        "bookmarks/highlight_edit.html",
        block="form",
        item=item,
        colours=colour_names(),
        back=request.args.get("back", "")[:2_000],
    )


@blueprint.post("/highlights/<int:highlight_id>")
def change_highlight(highlight_id: int) -> AnyResponse:
    form = request.form
    given = parse(HighlightPatch, {name: form[name] for name in ("colour", "note") if name in form})
    version = form.get("version", type=int)
    service.edit_highlight(current_actor(), highlight_id, colour=given.colour, note=given.new_note, version=version)
    return redirect(_place_before().url(), 303)


@blueprint.post("/highlights/<int:highlight_id>/trash")
def trash_highlight(highlight_id: int) -> AnyResponse:
    actor = current_actor()
    item = queries.get_highlight(actor, highlight_id)
    service.trash_highlights(actor, [item.id])
    undo_url = url_for("bookmarks.restore_highlight", highlight_id=item.id)
    return _told(_("Highlight moved to the trash"), undo_url=undo_url)


@blueprint.post("/highlights/<int:highlight_id>/restore")
def restore_highlight(highlight_id: int) -> AnyResponse:
    service.restore_highlights(current_actor(), [highlight_id])
    return _told(_("It is back"))


def _told(text: str, *, undo_url: str = "") -> AnyResponse:
    """Say what has happened, and let lists draw themselves again; without scripts go back to the list."""
    if not by_script():
        return redirect(_place_before().url(), 303)
    message = {"text": text, "kind": "done", **({"undo_url": undo_url} if undo_url else {})}
    return Response("", 204, headers={"HX-Trigger": json.dumps({"toast": message, "list-changed": {}})})


def _place(given: dict[str, str]) -> HighlightPlace:
    names = (HighlightQuery.model_fields.keys() - {PARAMETER, "limit"}) & given.keys()
    query = parse(HighlightQuery, {name: given[name] for name in names if given[name].strip()})
    return HighlightPlace(query, given.get(PARAMETER, ""))


def _place_before() -> HighlightPlace:
    """From the hidden field ``back`` of a form."""
    return _place(dict(parse_qsl(request.form.get("back", "")[:4_000])))


def _chips(actor: Actor, place: HighlightPlace, filters: HighlightFilters) -> list[FilterChip]:
    chips: list[FilterChip] = []
    if filters.bookmark_id is not None:
        page = queries.get_bookmarks(actor, [filters.bookmark_id]).get(filters.bookmark_id)
        title = (page.title or page.url[:100]) if page else _("Unknown page")
        chips.append(FilterChip("bookmark", title, place.url(bookmark=None)))
    if filters.tag:
        chips.append(FilterChip("hash", filters.tag, place.url(tag=None)))
    if filters.site:
        chips.append(FilterChip("world", filters.site, place.url(site=None)))
    return chips


def _export_query(place: HighlightPlace, filters: HighlightFilters) -> str:
    names = HighlightFilterIn.model_fields.keys() - {PARAMETER}
    parts = {name: value for name, value in place.parts.items() if name in names}
    return urlencode(parts | ({PARAMETER: filters.space_id} if filters.space_id is not None else {}))
