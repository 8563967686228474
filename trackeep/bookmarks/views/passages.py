"""What pages show of a highlight, worked out before the template so that it only writes."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from trackeep.bookmarks import queries
from trackeep.bookmarks.highlights import State, highlight_address
from trackeep.bookmarks.queries import BookmarkItem, HighlightGroup, HighlightItem, PlacedHighlight
from trackeep.bookmarks.views.rows import NO_HUE, TagChip
from trackeep.bookmarks.views.times import age_words, current_locale, day_words, now_in
from trackeep.core import markdown
from trackeep.core.actor import Actor

SHOWN = 900
IN_DETAILS = 20
IN_DETAILS_LETTERS = 400


class PassageView(NamedTuple):
    """``quote`` is cut where it is long, ``whole`` is not. ``first`` and ``last`` count the
    visible characters of the article before the passage and up to its end."""

    id: int
    quote: str
    whole: str
    colour: str
    colour_name: str
    note: str
    note_html: Markup
    href: str
    page_href: str
    page_title: str
    page_site: str
    age: str
    day: str
    moment: str
    version: int
    writable: bool
    lost: bool
    first: int | None
    last: int | None


class GroupView(NamedTuple):
    """A page and the highlights on it that are shown."""

    id: int
    title: str
    href: str
    url: str
    site: str
    author: str
    letter: str
    favicon: str
    tags: Sequence[TagChip]
    passages: Sequence[PassageView]
    total: int
    more: int


def colour_names() -> Mapping[str, str]:
    return {
        "yellow": _("Yellow"),
        "green": _("Green"),
        "blue": _("Blue"),
        "pink": _("Pink"),
        "purple": _("Purple"),
    }


class Highlighted(NamedTuple):
    """The first highlights of a page, and whether there are more."""

    passages: Sequence[PassageView]
    more: bool


class Passages:
    """Makes the views of many highlights for one reader."""

    def __init__(self, actor: Actor, *, shown: int = SHOWN) -> None:
        self.actor, self.shown = actor, shown
        self.base = url_for("bookmarks.index")
        self.locale, self.colours = current_locale(), colour_names()
        self.now, self.zone = now_in(actor.time_zone)

    def of(self, items: Sequence[HighlightItem]) -> list[PassageView]:
        return [self._view(item) for item in items]

    def placed(self, found: Sequence[PlacedHighlight]) -> list[PassageView]:
        """With their places in the article."""
        return [self._placed(each) for each in found]

    def _placed(self, each: PlacedHighlight) -> PassageView:
        view, place = self._view(each.item), each.place
        return view._replace(
            lost=each.state is State.LOST,
            first=place.first if place else None,
            last=place.last if place else None,
        )

    def _view(self, item: HighlightItem) -> PassageView:
        return PassageView(
            id=item.id,
            quote=_beginning(item.quote, self.shown),
            whole=item.quote,
            colour=item.colour,
            colour_name=self.colours[item.colour],
            note=item.note,
            note_html=markdown.render(item.note).html if item.note else Markup(),
            href=f"{self.base}/highlights/{item.id}",
            page_href=highlight_address(self.base, item.bookmark_id, item.id),
            page_title=item.page_title or item.page_url[:300],
            page_site=item.page_site,
            age=age_words(item.added_at, self.now, self.locale),
            day=day_words(item.added_at, self.zone, self.locale),
            moment=item.added_at.isoformat(),
            version=item.version,
            writable=self.actor.can_write(item.space_id),
            lost=False,
            first=None,
            last=None,
        )


def highlights_shown(actor: Actor, bookmark: BookmarkItem) -> Highlighted:
    """What the details of a page show of its highlights."""
    items = queries.first_highlights(actor, bookmark.id, bookmark.space_id, IN_DETAILS)
    return Highlighted(Passages(actor, shown=IN_DETAILS_LETTERS).of(items[:IN_DETAILS]), len(items) > IN_DETAILS)


def group_views(actor: Actor, groups: Sequence[HighlightGroup]) -> list[GroupView]:
    passages, base = Passages(actor), url_for("bookmarks.index")
    return [_group_view(group, passages.of(group.items), base) for group in groups]


def _group_view(group: HighlightGroup, passages: Sequence[PassageView], base: str) -> GroupView:
    page = group.page
    listed = url_for("bookmarks.list_highlights")
    return GroupView(
        id=page.bookmark_id,
        title=page.page_title or page.page_url[:300],
        href=f"{base}/{page.bookmark_id}",
        url=page.page_url,
        site=page.page_site,
        author=page.page_author,
        letter=(page.page_site.removeprefix("www.") or page.page_title)[:1].upper() or "?",
        favicon=f"{base}/{page.bookmark_id}/favicon" if page.page_has_favicon else "",
        tags=[
            TagChip(tag.name, f"{listed}?tag={quote(tag.name, safe='')}", "" if tag.colour == NO_HUE else tag.colour)
            for tag in group.tags
        ],
        passages=passages,
        total=group.count,
        more=group.count - len(passages),
    )


def _beginning(text: str, length: int) -> str:
    """At most so many characters, ended at a word."""
    if len(text) <= length:
        return text
    cut = text[:length]
    return (cut[: cut.rfind(" ")] if " " in cut[length // 2 :] else cut).rstrip() + " …"
