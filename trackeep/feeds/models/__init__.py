"""The tables of feeds."""

from trackeep.feeds.models.feed import KIND, MAX_ADDRESS, MAX_ERROR, MAX_TITLE, Feed, FeedEntry
from trackeep.feeds.models.outlet import FeedOutlet
from trackeep.feeds.models.outline import FeedOutline

__all__ = ["KIND", "MAX_ADDRESS", "MAX_ERROR", "MAX_TITLE", "Feed", "FeedEntry", "FeedOutlet", "FeedOutline"]
