"""Reads of the bookmarks domain: one bookmark, lists, collections and counts."""

from trackeep.bookmarks.queries.collections import CollectionItemView, collection_tree, ids_below
from trackeep.bookmarks.queries.finding import (
    BookmarkHit,
    count_view,
    find_bookmarks,
    hits,
    newest_bookmarks,
    trashed_titles,
)
from trackeep.bookmarks.queries.items import BookmarkItem, find_by_url, get_bookmark, get_bookmarks
from trackeep.bookmarks.queries.lists import Counts, counts, list_bookmarks, matching_ids

__all__ = [
    "BookmarkHit",
    "BookmarkItem",
    "CollectionItemView",
    "Counts",
    "collection_tree",
    "count_view",
    "counts",
    "find_bookmarks",
    "find_by_url",
    "get_bookmark",
    "get_bookmarks",
    "hits",
    "ids_below",
    "list_bookmarks",
    "matching_ids",
    "newest_bookmarks",
    "trashed_titles",
]
