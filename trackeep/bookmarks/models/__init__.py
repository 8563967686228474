"""The tables of bookmarks."""

from trackeep.bookmarks.models.bookmark import KIND, MAX_DESCRIPTION, MAX_NOTES, MAX_TITLE, SORT_KEY, Bookmark
from trackeep.bookmarks.models.collections import COLLECTION_KIND, Collection, CollectionItem
from trackeep.bookmarks.models.highlights import HIGHLIGHT_KIND, Highlight
from trackeep.bookmarks.models.imports import BookmarkImport, BookmarkImportRow

__all__ = [
    "COLLECTION_KIND",
    "HIGHLIGHT_KIND",
    "KIND",
    "MAX_DESCRIPTION",
    "MAX_NOTES",
    "MAX_TITLE",
    "SORT_KEY",
    "Bookmark",
    "BookmarkImport",
    "BookmarkImportRow",
    "Collection",
    "CollectionItem",
    "Highlight",
]
