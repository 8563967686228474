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
    trashed_titles,
)
from trackeep.bookmarks.queries.highlight_groups import (
    HighlightGroup,
    exported_highlights,
    highlight_groups,
)
from trackeep.bookmarks.queries.highlight_hits import find_highlights, highlights_of_the_day, trashed_quotes
from trackeep.bookmarks.queries.highlights import (
    HighlightItem,
    PlacedHighlight,
    first_highlights,
    get_highlight,
    get_highlights,
    highlights_of,
    list_highlights,
)
from trackeep.bookmarks.queries.imports import (
    ImportItem,
    ImportRowItem,
    get_import,
    import_rows,
    last_saved,
    left_out,
    list_imports,
)
from trackeep.bookmarks.queries.items import BookmarkItem, find_by_url, get_bookmark, get_bookmarks
from trackeep.bookmarks.queries.lists import PAGE_SIZE, Counts, conditions_of, counts, list_bookmarks, matching_ids
from trackeep.bookmarks.queries.texts import article_texts

__all__ = [
    "PAGE_SIZE",
    "BookmarkHit",
    "BookmarkItem",
    "Branch",
    "CollectionItemView",
    "Counts",
    "HighlightGroup",
    "HighlightItem",
    "ImportItem",
    "ImportRowItem",
    "PlacedHighlight",
    "article_texts",
    "branches",
    "collection_tree",
    "conditions_of",
    "count_view",
    "counts",
    "export_size",
    "exported",
    "exported_highlights",
    "exported_once",
    "find_bookmarks",
    "find_by_url",
    "find_highlights",
    "first_highlights",
    "get_bookmark",
    "get_bookmarks",
    "get_highlight",
    "get_highlights",
    "get_import",
    "highlight_groups",
    "highlights_of",
    "highlights_of_the_day",
    "hits",
    "ids_below",
    "import_rows",
    "inside",
    "last_saved",
    "left_out",
    "list_bookmarks",
    "list_highlights",
    "list_imports",
    "matching_ids",
    "newest_bookmarks",
    "trashed_names",
    "trashed_quotes",
    "trashed_titles",
]
