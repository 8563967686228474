"""The tables of bookmarks."""

from trackeep.bookmarks.models.bookmark import KIND, MAX_DESCRIPTION, MAX_NOTES, MAX_TITLE, SORT_KEY, Bookmark
from trackeep.bookmarks.models.collections import COLLECTION_KIND, Collection, CollectionItem
from trackeep.bookmarks.models.imports import BookmarkImport, BookmarkImportRow
from trackeep.bookmarks.models.rests import BookmarkRest
from trackeep.bookmarks.models.rules import MAX_RULE_NAME, BookmarkRule, BookmarkRuleAct, BookmarkRuleRun

__all__ = [
    "COLLECTION_KIND",
    "KIND",
    "MAX_DESCRIPTION",
    "MAX_NOTES",
    "MAX_RULE_NAME",
    "MAX_TITLE",
    "SORT_KEY",
    "Bookmark",
    "BookmarkImport",
    "BookmarkImportRow",
    "BookmarkRest",
    "BookmarkRule",
    "BookmarkRuleAct",
    "BookmarkRuleRun",
    "Collection",
    "CollectionItem",
]
