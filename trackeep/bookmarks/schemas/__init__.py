"""Shapes of bookmarks, lists, bulk actions, collections, imports and exports, for API and pages."""

from trackeep.bookmarks.schemas.archived import ArchivedOut
from trackeep.bookmarks.schemas.collections import CollectionIn, CollectionOut, CollectionPatch, CollectionsOut
from trackeep.bookmarks.schemas.copies import CopiesOut, CopyOut
from trackeep.bookmarks.schemas.duplicates import (
    DuplicateCountsOut,
    DuplicatesIn,
    DuplicatesOut,
    DuplicatesQuery,
    JoinedOut,
    MergeIn,
    MergeSureIn,
)
from trackeep.bookmarks.schemas.exports import ExportQuery
from trackeep.bookmarks.schemas.imports import (
    ImportFileIn,
    ImportOut,
    ImportRowOut,
    ImportRowsOut,
    ImportRowsQuery,
    ImportRunIn,
    ImportsOut,
)
from trackeep.bookmarks.schemas.items import (
    BookmarkIn,
    BookmarkOut,
    BookmarkPageOut,
    BookmarkPatch,
    CheckOut,
    CheckQuery,
    TagRefOut,
)
from trackeep.bookmarks.schemas.links import (
    IgnoredOut,
    IgnoreLinksIn,
    LinkCountsOut,
    LinkCountsQuery,
    LinkOut,
    LinksOut,
    LinksQuery,
    NewAddressesIn,
)
from trackeep.bookmarks.schemas.selections import BulkIn, BulkOut, FilterIn, ListQuery, SelectionIn, UndoneOut

__all__ = [
    "ArchivedOut",
    "BookmarkIn",
    "BookmarkOut",
    "BookmarkPageOut",
    "BookmarkPatch",
    "BulkIn",
    "BulkOut",
    "CheckOut",
    "CheckQuery",
    "CollectionIn",
    "CollectionOut",
    "CollectionPatch",
    "CollectionsOut",
    "CopiesOut",
    "CopyOut",
    "DuplicateCountsOut",
    "DuplicatesIn",
    "DuplicatesOut",
    "DuplicatesQuery",
    "ExportQuery",
    "FilterIn",
    "IgnoreLinksIn",
    "IgnoredOut",
    "ImportFileIn",
    "ImportOut",
    "ImportRowOut",
    "ImportRowsOut",
    "ImportRowsQuery",
    "ImportRunIn",
    "ImportsOut",
    "JoinedOut",
    "LinkCountsOut",
    "LinkCountsQuery",
    "LinkOut",
    "LinksOut",
    "LinksQuery",
    "ListQuery",
    "MergeIn",
    "MergeSureIn",
    "NewAddressesIn",
    "SelectionIn",
    "TagRefOut",
    "UndoneOut",
]
