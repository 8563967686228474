"""Reads of the feeds domain: feeds, their entries, feeds out and lists that were brought."""

from trackeep.feeds.queries.entries import EntryItem, feed_entries
from trackeep.feeds.queries.items import (
    FeedItem,
    all_feeds,
    feed_at,
    get_feed,
    list_feeds,
    trashed_titles,
)
from trackeep.feeds.queries.outlets import OutletItem, list_outlets, outlet_of
from trackeep.feeds.queries.outlines import OutlineItem, OutlineRow, get_outline, list_outlines

__all__ = [
    "EntryItem",
    "FeedItem",
    "OutletItem",
    "OutlineItem",
    "OutlineRow",
    "all_feeds",
    "feed_at",
    "feed_entries",
    "get_feed",
    "get_outline",
    "list_feeds",
    "list_outlets",
    "list_outlines",
    "outlet_of",
    "trashed_titles",
]
