"""What highlights offer: palette, search, a home card, trash, and their part of the archive."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from flask import url_for

from trackeep.bookmarks import highlight_exports, queries, service
from trackeep.bookmarks.highlights import HighlightFilters, highlight_address
from trackeep.bookmarks.provides.names import DOMAIN_NAME, HIGHLIGHT_ICON, HIGHLIGHT_KIND
from trackeep.bookmarks.queries import HighlightItem
from trackeep.core import clock
from trackeep.core.actor import Actor
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import Action, Card, Exporter, Found, PaletteSource, SearchSource, TrashBin
from trackeep.core.web.chosen_space import shown_space

ON_CARD = 3
ON_CARD_LETTERS = 400
TITLE = 120


def find(actor: Actor, text: str, limit: int) -> Sequence[Found]:
    return [_found(item) for item in queries.find_highlights(actor, text, limit)]


def recent(_actor: Actor, _limit: int) -> Sequence[Found]:
    """None: the palette's first list is for pages, and their highlights would crowd them out."""
    return ()


def load(actor: Actor, ids: Sequence[int]) -> Mapping[int, Found]:
    return {item.id: _found(item) for item in queries.get_highlights(actor, ids).values()}


def _found(item: HighlightItem) -> Found:
    words = " ".join(item.quote[: TITLE * 2].split())
    return Found(
        title=words if len(words) <= TITLE else words[:TITLE].rstrip() + "…",
        url=highlight_address(url_for("bookmarks.index"), item.bookmark_id, item.id),
        icon=HIGHLIGHT_ICON,
        hint=item.page_title or item.page_site,
        object_id=item.id,
        kind=HIGHLIGHT_KIND,
        happened=item.added_at,
    )


def of_the_day(actor: Actor) -> Mapping[str, object] | None:
    items = queries.highlights_of_the_day(actor, _today(actor), ON_CARD, shown_space(actor))
    return {"passages": [_line(item) for item in items]} if items else None


def _line(item: HighlightItem) -> Mapping[str, str]:
    """What the card says of one."""
    return {
        "quote": item.quote[:ON_CARD_LETTERS],
        "colour": item.colour,
        "title": item.page_title or item.page_url[:200],
        "href": highlight_address(url_for("bookmarks.index"), item.bookmark_id, item.id),
    }


def _today(actor: Actor) -> date:
    return clock.now().astimezone(ZoneInfo(actor.time_zone)).date()


def export_markdown(actor: Actor) -> Iterable[bytes]:
    return highlight_exports.all_pages(queries.exported_highlights(actor, _personal(actor)))


def export_json(actor: Actor) -> Iterable[bytes]:
    return highlight_exports.json_lines(queries.exported_highlights(actor, _personal(actor)))


def _personal(actor: Actor) -> HighlightFilters:
    return HighlightFilters(space_id=actor.personal_space_id or 0)


OFFERS = (
    PaletteSource(kind=HIGHLIGHT_KIND, domain=DOMAIN_NAME, title=_l("Highlight"), find=find, recent=recent),
    SearchSource(kind=HIGHLIGHT_KIND, title=_l("Highlights"), icon=HIGHLIGHT_ICON, load=load),
    Card(
        name="bookmarks-highlights",
        title=_l("From your highlights"),
        template="bookmarks/highlight_card.html",
        load=of_the_day,
        order=40,
        icon=HIGHLIGHT_ICON,
        endpoint="bookmarks.list_highlights",
    ),
    TrashBin(
        kind=HIGHLIGHT_KIND,
        domain=DOMAIN_NAME,
        title=_l("Highlights"),
        icon=HIGHLIGHT_ICON,
        titles=queries.trashed_quotes,
        restore=service.restore_highlights,
        purge=service.purge_highlights,
    ),
    Exporter(
        name="highlights",
        domain=DOMAIN_NAME,
        file_name="highlights.md",
        write=export_markdown,
        title=_l("Highlights and notes, as Markdown"),
    ),
    Exporter(
        name="highlights-json",
        domain=DOMAIN_NAME,
        file_name="highlights.jsonl",
        write=export_json,
        title=_l("Highlights with all their details, one a line"),
    ),
    Action(
        title=_l("Export highlights"),
        icon="markdown",
        endpoint="bookmarks.export_highlights",
        keywords=(_l("Markdown"), _l("download")),
    ),
)
