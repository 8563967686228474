"""Cards of the home page, the first step, counts, the sidebar, and what is computed ahead."""

import re
from collections.abc import Mapping

from flask import request, url_for

from trackeep.bookmarks import queries
from trackeep.bookmarks.filters import Filters, View
from trackeep.core.actor import Actor
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import Card, FirstStep, NavCount, SidebarSection, Warmer
from trackeep.core.web.chosen_space import shown_space

ON_CARD = 6
OPEN_BRANCHES, MAX_OPEN = "branches", 24  # a cookie of the sidebar's script
ID = re.compile(r"[0-9]{1,18}")


def recently_added(actor: Actor) -> Mapping[str, object] | None:
    return _card(actor, View.ALL)


def read_next(actor: Actor) -> Mapping[str, object] | None:
    return _card(actor, View.UNREAD)


def continue_reading(actor: Actor) -> Mapping[str, object] | None:
    entries = queries.continue_reading(actor, ON_CARD, shown_space(actor))
    return {"entries": entries, "base": url_for("bookmarks.index")} if entries else None


def not_fetched(actor: Actor) -> Mapping[str, object] | None:
    data = _card(actor, View.FAILED)
    return {**data, "reasons": True} if data else None


def resurfaced(actor: Actor) -> Mapping[str, object] | None:
    found = queries.resurfaced(actor, shown_space(actor))
    return {"found": found, "base": url_for("bookmarks.index")} if found else None


def _card(actor: Actor, view: View) -> dict[str, object] | None:
    found = queries.newest_bookmarks(actor, view, ON_CARD, shown_space(actor))
    address = url_for("bookmarks.index", view=None if view is View.ALL else view.value)
    return {"hits": found, "url": address, "base": url_for("bookmarks.index")} if found else None


def warm_up(actor: Actor) -> None:
    """The list of bookmarks and the cards, as they are without a chosen space."""
    queries.list_bookmarks(actor, Filters(), limit=queries.PAGE_SIZE)
    queries.counts(actor)
    queries.begun(actor)
    for view in (View.UNREAD, View.EVERYTHING):
        queries.count_view(actor, view)
    queries.resurfaced(actor)
    for view in (View.ALL, View.UNREAD, View.FAILED):
        queries.newest_bookmarks(actor, view, ON_CARD)


def unread_count(actor: Actor) -> int:
    return queries.count_view(actor, View.UNREAD, shown_space(actor))


def has_bookmarks(actor: Actor) -> bool:
    return queries.count_view(actor, View.EVERYTHING) > 0


def sidebar(actor: Actor) -> Mapping[str, object]:
    """The collections of the space that is shown, as far as their branches are open."""
    named = request.args.get("collection", "") if request.endpoint == "bookmarks.index" else ""
    current = int(named) if ID.fullmatch(named) else None
    opened = [int(word) for word in request.cookies.get(OPEN_BRANCHES, "").split(".")[:MAX_OPEN] if ID.fullmatch(word)]
    root = queries.branches(actor, shown_space(actor), opened=opened, current=current)
    return {"root": root, "current": current, "base": url_for("bookmarks.index")}


OFFERS = (
    Card(
        name="bookmarks-continue",
        title=_l("Continue reading"),
        template="bookmarks/continue.html",
        load=continue_reading,
        order=15,
        icon="book",
    ),
    Card(
        name="bookmarks-unread",
        title=_l("Read next"),
        template="bookmarks/card.html",
        load=read_next,
        order=20,
        icon="book-2",
    ),
    Card(
        name="bookmarks-recent",
        title=_l("Recently added"),
        template="bookmarks/card.html",
        load=recently_added,
        order=30,
        icon="bookmark",
    ),
    Card(
        name="bookmarks-resurfaced",
        title=_l("Worth another look"),
        template="bookmarks/resurfacing.html",
        load=resurfaced,
        order=25,
        icon="history",
    ),
    Card(
        name="bookmarks-failed",
        title=_l("Pages that could not be fetched"),
        template="bookmarks/card.html",
        load=not_fetched,
        order=80,
        icon="alert-triangle",
    ),
    FirstStep(
        name="bookmarks",
        title=_l("Bring your bookmarks"),
        text=_l("Import what your browser has, or add a first page. Nothing is sent anywhere."),
        icon="file-import",
        endpoint="bookmarks.import_page",
        done=has_bookmarks,
        order=10,
    ),
    NavCount(endpoint="bookmarks.index", count=unread_count),
    Warmer(load=warm_up),
    SidebarSection(
        name="collections", title=_l("Collections"), template="bookmarks/sidebar.html", load=sidebar, order=20
    ),
)
