"""The tables of bookmarks."""

from trackeep.bookmarks.models.archived import ArchivedCopy
from trackeep.bookmarks.models.bookmark import KIND, MAX_DESCRIPTION, MAX_NOTES, MAX_TITLE, SORT_KEY, Bookmark
from trackeep.bookmarks.models.collections import COLLECTION_KIND, Collection, CollectionItem
from trackeep.bookmarks.models.copies import PageCopy
from trackeep.bookmarks.models.imports import BookmarkImport, BookmarkImportRow
from trackeep.bookmarks.models.links import LinkCheck

__all__ = [
    "COLLECTION_KIND",
    "KIND",
    "MAX_DESCRIPTION",
    "MAX_NOTES",
    "MAX_TITLE",
    "SORT_KEY",
    "ArchivedCopy",
    "Bookmark",
    "BookmarkImport",
    "BookmarkImportRow",
    "Collection",
    "CollectionItem",
    "LinkCheck",
    "PageCopy",
]
