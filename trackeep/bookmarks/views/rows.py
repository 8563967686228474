"""What one row or tile of the list shows, worked out before the template so that it only writes."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

from flask import url_for

from trackeep.bookmarks import queries
from trackeep.bookmarks.filters import View
from trackeep.bookmarks.queries import BookmarkItem, LinkItem
from trackeep.bookmarks.views.times import age_words, current_locale, day_words, now_in
from trackeep.core.actor import Actor

MAX_SHOWN_URL = 300
# A grey dot would say nothing.
NO_HUE = "grey"


class TagChip(NamedTuple):
    name: str
    url: str
    hue: str


class Row(NamedTuple):
    """``href`` is the bookmark's own page here, ``url`` the saved page; pictures are addresses or empty. ``percent`` is
    how far the person has read, 0 for what they have not begun or have finished."""

    id: int
    title: str
    href: str
    url: str
    site: str
    age: str
    day: str
    moment: str
    favicon: str
    preview: str
    letter: str
    tags: Sequence[TagChip]
    unread: bool
    favourite: bool
    archived: bool
    pending: bool
    failed: bool
    broken: bool
    reason: str
    writable: bool
    percent: int


def rows_of(actor: Actor, items: Sequence[BookmarkItem]) -> list[Row]:
    base, locale = url_for("bookmarks.index"), current_locale()
    now, zone = now_in(actor.time_zone)
    percents = queries.percents(actor)
    writable = {space_id: actor.can_write(space_id) for space_id in {item.space_id for item in items}}
    return [
        Row(
            id=item.id,
            title=item.title or item.url[:MAX_SHOWN_URL],
            href=f"{base}/{item.id}",
            url=item.url,
            site=item.site,
            age=age_words(item.added_at, now, locale),
            day=day_words(item.added_at, zone, locale),
            moment=item.added_at.isoformat(),
            favicon=f"{base}/{item.id}/favicon?v={item.favicon_key[:8]}" if item.favicon_key else "",
            preview=f"{base}/{item.id}/preview?v={item.preview_key[:8]}" if item.preview_key else "",
            letter=letter_of(item),
            tags=tag_chips(item, base),
            unread=item.unread,
            favourite=item.favourite,
            archived=item.archived,
            pending=item.fetch_state == "pending",
            failed=item.fetch_state == "failed",
            broken=item.broken,
            reason=item.fetch_error or "",
            writable=writable[item.space_id],
            percent=percents.get(item.id, 0),
        )
        for item in items
    ]


def tag_chips(item: BookmarkItem, base: str) -> list[TagChip]:
    return [
        TagChip(tag.name, f"{base}?tag={quote(tag.name, safe='')}", "" if tag.colour == NO_HUE else tag.colour)
        for tag in item.tags
    ]


def letter_of(item: BookmarkItem | LinkItem) -> str:
    """Stands where a page has no icon."""
    name = item.site.removeprefix("www.") or item.title
    return name[:1].upper() or "?"


def still_listed(item: BookmarkItem, view: View) -> bool:
    """Whether the bookmark belongs to the list of this view after a mark was changed."""
    if view in (View.ALL, View.UNTAGGED):
        return not item.archived
    marks = {View.UNREAD: item.unread and not item.archived, View.FAVOURITE: item.favourite}
    marks |= {View.ARCHIVED: item.archived, View.FAILED: item.fetch_state == "failed"}
    marks |= {View.BROKEN: item.broken}
    return marks.get(view, True)
