"""Feeds of every kind as one shape, read from bytes alone; pure."""

from trackeep.feeds.parsing.discovery import FeedLink, feed_links
from trackeep.feeds.parsing.reading import read_feed
from trackeep.feeds.parsing.shapes import Entry, ParsedFeed, Problem, Unreadable

__all__ = ["Entry", "FeedLink", "ParsedFeed", "Problem", "Unreadable", "feed_links", "read_feed"]
