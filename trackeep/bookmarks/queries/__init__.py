"""Reads of the bookmarks domain: one bookmark, lists, collections and counts."""

from trackeep.bookmarks.queries.branches import Branch, branches, inside
from trackeep.bookmarks.queries.collections import CollectionItemView, collection_tree, ids_below, trashed_names
from trackeep.bookmarks.queries.exports import export_size, exported, exported_once
from trackeep.bookmarks.queries.finding import (
    BookmarkHit,
    count_view,
    find_bookmarks,
    hits,
    newest_bookmarks,
    newest_shared,
    trashed_titles,
)
from trackeep.bookmarks.queries.imports import (
    ImportItem,
    ImportRowItem,
    get_import,
    import_rows,
    last_saved,
    list_imports,
)
from trackeep.bookmarks.queries.items import BookmarkItem, find_by_url, get_bookmark, get_bookmarks
from trackeep.bookmarks.queries.lists import PAGE_SIZE, Counts, conditions_of, counts, list_bookmarks, matching_ids

__all__ = [
    "PAGE_SIZE",
    "BookmarkHit",
    "BookmarkItem",
    "Branch",
    "CollectionItemView",
    "Counts",
    "ImportItem",
    "ImportRowItem",
    "branches",
    "collection_tree",
    "conditions_of",
    "count_view",
    "counts",
    "export_size",
    "exported",
    "exported_once",
    "find_bookmarks",
    "find_by_url",
    "get_bookmark",
    "get_bookmarks",
    "get_import",
    "hits",
    "ids_below",
    "import_rows",
    "inside",
    "last_saved",
    "list_bookmarks",
    "list_imports",
    "matching_ids",
    "newest_bookmarks",
    "newest_shared",
    "trashed_names",
    "trashed_titles",
]
