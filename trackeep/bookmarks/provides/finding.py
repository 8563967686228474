"""Palette and search."""

from collections.abc import Mapping, Sequence

from flask import url_for

from trackeep.bookmarks import queries
from trackeep.bookmarks.filters import View
from trackeep.bookmarks.provides.names import DOMAIN_NAME, ICON, KIND
from trackeep.bookmarks.queries import BookmarkHit
from trackeep.core.actor import Actor
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import Found, PaletteSource, SearchSource


def find(actor: Actor, text: str, limit: int) -> Sequence[Found]:
    return [found(hit) for hit in queries.find_bookmarks(actor, text, limit)]


def recent(actor: Actor, limit: int) -> Sequence[Found]:
    return [found(hit) for hit in queries.newest_bookmarks(actor, View.EVERYTHING, limit)]


def load(actor: Actor, ids: Sequence[int]) -> Mapping[int, Found]:
    return {hit.id: found(hit) for hit in queries.hits(actor, ids).values()}


def found(hit: BookmarkHit) -> Found:
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


OFFERS = (
    PaletteSource(kind=KIND, domain=DOMAIN_NAME, title=_l("Bookmark"), find=find, recent=recent),
    SearchSource(kind=KIND, title=_l("Bookmarks"), icon=ICON, load=load),
)
