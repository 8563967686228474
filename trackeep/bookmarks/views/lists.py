"""The list of bookmarks: rows or cards, filters, counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response
from flask_babel import format_decimal
from flask_babel import gettext as _

from trackeep.bookmarks import queries
from trackeep.bookmarks.filters import Sort, View
from trackeep.bookmarks.queries import BookmarkItem, Counts
from trackeep.bookmarks.views.door import blueprint
from trackeep.bookmarks.views.patterns import rows_html
from trackeep.bookmarks.views.places import Place, current_place
from trackeep.bookmarks.views.rows import rows_of
from trackeep.core import templating
from trackeep.core.actor import Actor
from trackeep.core.paging import Page
from trackeep.core.web.identity import current_actor

COUNT_CAP = 1_000
TROUBLES = frozenset({View.FAILED, View.BROKEN})
"""Lists that are only offered while there is something in them."""


@dataclass(frozen=True, slots=True)
class FilterChip:
    """A filter in force, and the address without it."""

    icon: str
    text: str
    without: str
    whole: str = ""


@blueprint.get("")
def index() -> Response:
    actor = current_actor()
    place = current_place(actor)
    given = place.given
    page = queries.list_bookmarks(
        actor,
        place.filters(),
        sort=given.sort,
        cursor=given.cursor,
        limit=queries.PAGE_SIZE,
        with_total=given.cursor is None and place.is_filtered,
    )
    counts = queries.counts(actor, place.space_id)
    response = templating.page(
        "bookmarks/list.html",
        block="results",
        place=place,
        rows=rows_html(rows_of(actor, page.items), given.layout),
        next_url=place.url(cursor=page.next_cursor) if page.next_cursor else "",
        total=_total(page, counts, given.view),
        tabs=_tabs(place, counts),
        sorts=_sorts(place),
        chips=_chips(actor, place),
        collection_id=given.collection,
        is_new=not page.items and not any((counts.all, counts.archived)),
    )
    if templating.wants_partial() and not given.cursor:
        response.headers["HX-Replace-Url"] = place.url()
    return response


def _total(page: Page[BookmarkItem], counts: Counts, view: View) -> str:
    """How many things the view has; empty where nobody knows without counting for long."""
    by_view = {
        View.ALL: counts.all,
        View.UNREAD: counts.unread,
        View.FAVOURITE: counts.favourite,
        View.ARCHIVED: counts.archived,
        View.FAILED: counts.failed,
        View.BROKEN: counts.broken,
    }
    if page.total is not None:
        return shown_count(page.total + page.total_capped)
    return shown_count(by_view[view]) if view in by_view else ""


def shown_count(number: int) -> str:
    return f"{format_decimal(COUNT_CAP)}+" if number > COUNT_CAP else str(format_decimal(number))


def _tabs(place: Place, counts: Counts) -> Sequence[tuple[str, str, bool, str | None]]:
    names = (
        (View.ALL, _("All"), None),
        (View.UNREAD, _("Unread"), counts.unread),
        (View.FAVOURITE, _("Favourites"), None),
        (View.ARCHIVED, _("Archive"), None),
        (View.UNTAGGED, _("Untagged"), None),
        (View.FAILED, _("Failed"), counts.failed),
        (View.BROKEN, _("Broken"), counts.broken),
    )
    return [
        (
            name,
            place.url(view=None if view is View.ALL else view.value),
            place.given.view is view,
            shown_count(number) if number else None,
        )
        for view, name, number in names
        if view not in TROUBLES or number or place.given.view is view
    ]


def _sorts(place: Place) -> Sequence[tuple[str, str, bool]]:
    names = {
        Sort.NEWEST: _("Newest first"),
        Sort.OLDEST: _("Oldest first"),
        Sort.TITLE: _("Title"),
        Sort.SITE: _("Site"),
    }
    return [(name, place.url(sort=sort.value), place.given.sort is sort) for sort, name in names.items()]


def _chips(actor: Actor, place: Place) -> list[FilterChip]:
    given = place.given
    chips: list[FilterChip] = []
    if given.tag:
        chips.append(FilterChip("hash", given.tag, place.url(tag=None)))
    if given.collection is not None:
        path = _path_of(actor, given.collection)
        chips.append(FilterChip("folder", path[-1], place.url(collection=None), " / ".join(path)))
    if given.site:
        chips.append(FilterChip("world", given.site, place.url(site=None)))
    if given.after:
        chips.append(FilterChip("calendar", _("Since %(day)s", day=given.after), place.url(after=None)))
    if given.before:
        chips.append(FilterChip("calendar", _("Until %(day)s", day=given.before), place.url(before=None)))
    return chips


def _path_of(actor: Actor, collection_id: int) -> Sequence[str]:
    tree = queries.collection_tree(actor, counted=False)
    return next((node.path for node in tree if node.id == collection_id), (_("Unknown collection"),))
