"""Reads of the bookmarks domain: one bookmark, lists, collections and counts."""

from trackeep.bookmarks.queries.archived import ArchivedItem, archived_of
from trackeep.bookmarks.queries.branches import Branch, branches, inside
from trackeep.bookmarks.queries.collections import CollectionItemView, collection_tree, ids_below, trashed_names
from trackeep.bookmarks.queries.copies import CopyItem, copies_of, get_copy
from trackeep.bookmarks.queries.duplicates import (
    DuplicateCounts,
    DuplicateGroup,
    Likeness,
    duplicate_counts,
    list_duplicates,
)
from trackeep.bookmarks.queries.exports import export_size, exported, exported_once
from trackeep.bookmarks.queries.finding import (
    BookmarkHit,
    count_view,
    find_bookmarks,
    hits,
    newest_bookmarks,
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
from trackeep.bookmarks.queries.links import LinkCounts, LinkItem, link_counts, link_of, list_links
from trackeep.bookmarks.queries.lists import PAGE_SIZE, Counts, conditions_of, counts, list_bookmarks, matching_ids

__all__ = [
    "PAGE_SIZE",
    "ArchivedItem",
    "BookmarkHit",
    "BookmarkItem",
    "Branch",
    "CollectionItemView",
    "CopyItem",
    "Counts",
    "DuplicateCounts",
    "DuplicateGroup",
    "ImportItem",
    "ImportRowItem",
    "Likeness",
    "LinkCounts",
    "LinkItem",
    "archived_of",
    "branches",
    "collection_tree",
    "conditions_of",
    "copies_of",
    "count_view",
    "counts",
    "duplicate_counts",
    "export_size",
    "exported",
    "exported_once",
    "find_bookmarks",
    "find_by_url",
    "get_bookmark",
    "get_bookmarks",
    "get_copy",
    "get_import",
    "hits",
    "ids_below",
    "import_rows",
    "inside",
    "last_saved",
    "link_counts",
    "link_of",
    "list_bookmarks",
    "list_duplicates",
    "list_imports",
    "list_links",
    "matching_ids",
    "newest_bookmarks",
    "trashed_names",
    "trashed_titles",
]
