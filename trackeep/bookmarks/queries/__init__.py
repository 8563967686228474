"""Reads of the bookmarks domain: one bookmark, lists, collections and counts."""

from trackeep.bookmarks.queries.articles import ArticleItem, article_picture, get_article
from trackeep.bookmarks.queries.branches import Branch, branches, inside
from trackeep.bookmarks.queries.collections import CollectionItemView, collection_tree, ids_below, trashed_names
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
from trackeep.bookmarks.queries.lists import PAGE_SIZE, Counts, conditions_of, counts, list_bookmarks, matching_ids
from trackeep.bookmarks.queries.neighbours import Neighbour, neighbours
from trackeep.bookmarks.queries.reading import (
    FINISHED,
    Begun,
    Continued,
    Progress,
    begun,
    continue_reading,
    looks_of,
    percents,
    progress_of,
)

__all__ = [
    "FINISHED",
    "PAGE_SIZE",
    "ArticleItem",
    "Begun",
    "BookmarkHit",
    "BookmarkItem",
    "Branch",
    "CollectionItemView",
    "Continued",
    "Counts",
    "ImportItem",
    "ImportRowItem",
    "Neighbour",
    "Progress",
    "article_picture",
    "begun",
    "branches",
    "collection_tree",
    "conditions_of",
    "continue_reading",
    "count_view",
    "counts",
    "export_size",
    "exported",
    "exported_once",
    "find_bookmarks",
    "find_by_url",
    "get_article",
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
    "looks_of",
    "matching_ids",
    "neighbours",
    "newest_bookmarks",
    "percents",
    "progress_of",
    "trashed_names",
    "trashed_titles",
]
