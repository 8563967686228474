"""What bookmarks offer: home cards, palette, quick add, search, trash, counts, collections in the sidebar, and
their part of the archive of everything a person owns."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from flask import request, url_for

from trackeep.bookmarks import exports, queries, service
from trackeep.bookmarks.drafts import Draft
from trackeep.bookmarks.errors import AlreadySaved
from trackeep.bookmarks.filters import Filters, View
from trackeep.bookmarks.queries import BookmarkHit
from trackeep.bookmarks.urls import RefusedUrl, clean_url, site_of
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import (
    Action,
    Card,
    Exporter,
    FirstStep,
    Found,
    NavCount,
    PaletteSource,
    QuickAdd,
    SearchSource,
    SidebarSection,
    TrashBin,
    Warmer,
)
from trackeep.core.web.chosen_space import shown_space, target_space

KIND, COLLECTION_KIND = "bookmark", "collection"
DOMAIN_NAME = "bookmarks"
ICON = "bookmark"
ON_CARD = 6
OPEN_BRANCHES, MAX_OPEN = "branches", 24  # a cookie of the sidebar's script
ID = re.compile(r"[0-9]{1,18}")
CERTAIN, LIKELY = 1.0, 0.8
BARE_ADDRESS = re.compile(r"(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)


def recently_added(actor: Actor) -> Mapping[str, object] | None:
    return _card(actor, View.ALL)


def read_next(actor: Actor) -> Mapping[str, object] | None:
    return _card(actor, View.UNREAD)


def not_fetched(actor: Actor) -> Mapping[str, object] | None:
    data = _card(actor, View.FAILED)
    return {**data, "reasons": True} if data else None


def _card(actor: Actor, view: View) -> dict[str, object] | None:
    found = queries.newest_bookmarks(actor, view, ON_CARD, shown_space(actor))
    address = url_for("bookmarks.index", view=None if view is View.ALL else view.value)
    return {"hits": found, "url": address, "base": url_for("bookmarks.index")} if found else None


def warm_up(actor: Actor) -> None:
    """The list of bookmarks and the cards, as they are without a chosen space."""
    queries.list_bookmarks(actor, Filters(), limit=queries.PAGE_SIZE)
    queries.counts(actor)
    for view in (View.UNREAD, View.EVERYTHING):
        queries.count_view(actor, view)
    for view in (View.ALL, View.UNREAD, View.FAILED):
        queries.newest_bookmarks(actor, view, ON_CARD)


def find(actor: Actor, text: str, limit: int) -> Sequence[Found]:
    return [_found(hit) for hit in queries.find_bookmarks(actor, text, limit)]


def recent(actor: Actor, limit: int) -> Sequence[Found]:
    return [_found(hit) for hit in queries.newest_bookmarks(actor, View.EVERYTHING, limit)]


def load(actor: Actor, ids: Sequence[int]) -> Mapping[int, Found]:
    return {hit.id: _found(hit) for hit in queries.hits(actor, ids).values()}


def _found(hit: BookmarkHit) -> Found:
    address = url_for("bookmarks.show", bookmark_id=hit.id)
    return Found(
        title=hit.title or hit.url[:200],
        url=address,
        icon=ICON,
        hint=hit.site,
        object_id=hit.id,
        kind=KIND,
        favicon=f"{address}/favicon" if hit.has_favicon else "",
        happened=hit.added_at,
    )


def looks_like_address(text: str) -> float:
    """Sure for what has a scheme and nothing behind it, likely for a bare host."""
    line = text.strip()
    if not line or any(letter.isspace() for letter in line):
        return 0.0
    if line.lower().startswith(("http://", "https://")):
        return CERTAIN if _is_taken(line) else 0.0
    return LIKELY if BARE_ADDRESS.fullmatch(line) and _is_taken(f"https://{line}") else 0.0


def preview(actor: Actor, text: str) -> str:
    url = clean_url(_address(text))
    there = queries.find_by_url(actor, target_space(actor), url)
    if there is not None:
        return str(_("Already saved: %(title)s", title=there.title or there.url[:200]))
    return str(_("A bookmark of %(site)s", site=site_of(url)))


def add(actor: Actor, space_id: int, text: str) -> Found:
    """The bookmark of this address, also when it was there before."""
    existed = False
    try:
        bookmark_id = service.save_bookmark(actor, space_id=space_id, draft=Draft(url=_address(text)))
    except AlreadySaved as error:
        bookmark_id, existed = int(str(error.extra["existing_id"])), True
    except Invalid as error:
        raise Invalid(fields={"text": error.fields.get("url", [error.detail])}) from error
    return replace(_found(queries.hits(actor, [bookmark_id])[bookmark_id]), existed=existed)


def _address(text: str) -> str:
    line = text.strip()
    return line if "://" in line[:12] else f"https://{line}"


def _is_taken(address: str) -> bool:
    try:
        clean_url(address)
    except RefusedUrl:
        return False
    return True


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


def export_html(actor: Actor) -> Iterable[bytes]:
    return exports.netscape_file(queries.exported(actor, _personal(actor)), str(_l("Bookmarks")))


def export_json(actor: Actor) -> Iterable[bytes]:
    return exports.json_lines(actor, _personal(actor))


def _personal(actor: Actor) -> Filters:
    """What a person owns lies in their own space."""
    return Filters(view=View.EVERYTHING, space_id=actor.personal_space_id or 0)


OFFERS = (
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
    PaletteSource(kind=KIND, domain=DOMAIN_NAME, title=_l("Bookmark"), find=find, recent=recent),
    SearchSource(kind=KIND, title=_l("Bookmarks"), icon=ICON, load=load),
    QuickAdd(
        kind=KIND,
        domain=DOMAIN_NAME,
        title=_l("Bookmark"),
        icon=ICON,
        matches=looks_like_address,
        preview=preview,
        add=add,
        deed=_l("Save this page"),
    ),
    Action(
        title=_l("Import bookmarks"),
        icon="file-import",
        endpoint="bookmarks.import_page",
        keywords=(_l("browser"), _l("upload")),
    ),
    Action(
        title=_l("Export bookmarks"), icon="file-export", endpoint="bookmarks.export_page", keywords=(_l("download"),)
    ),
    Exporter(
        name="bookmarks",
        domain=DOMAIN_NAME,
        file_name="bookmarks.html",
        write=export_html,
        title=_l("Bookmarks, as every browser takes them in"),
    ),
    Exporter(
        name="bookmarks-json",
        domain=DOMAIN_NAME,
        file_name="bookmarks.jsonl",
        write=export_json,
        title=_l("Bookmarks with all their details, one a line"),
    ),
    Action(title=_l("Add bookmark"), icon="plus", endpoint="bookmarks.new", keywords=(_l("save"), _l("link"))),
    NavCount(endpoint="bookmarks.index", count=unread_count),
    Warmer(load=warm_up),
    TrashBin(
        kind=KIND,
        domain=DOMAIN_NAME,
        title=_l("Bookmarks"),
        icon=ICON,
        titles=queries.trashed_titles,
        restore=service.restore_bookmarks,
        purge=service.purge_bookmarks,
    ),
    TrashBin(
        kind=COLLECTION_KIND,
        domain=DOMAIN_NAME,
        title=_l("Collections"),
        icon="folder",
        titles=queries.trashed_names,
        restore=service.restore_collections,
        purge=service.purge_collections,
    ),
    SidebarSection(
        name="collections", title=_l("Collections"), template="bookmarks/sidebar.html", load=sidebar, order=20
    ),
)
