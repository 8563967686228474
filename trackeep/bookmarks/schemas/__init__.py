"""Shapes of bookmarks, lists, bulk actions, collections, imports and exports, for API and pages."""

from trackeep.bookmarks.schemas.collections import CollectionIn, CollectionOut, CollectionPatch, CollectionsOut
from trackeep.bookmarks.schemas.exports import ExportQuery
from trackeep.bookmarks.schemas.highlights import (
    HighlightExportQuery,
    HighlightFilterIn,
    HighlightIn,
    HighlightListOut,
    HighlightOut,
    HighlightPatch,
    HighlightQuery,
    PlacedHighlightsOut,
)
from trackeep.bookmarks.schemas.imports import (
    ImportFileIn,
    ImportOut,
    ImportRowOut,
    ImportRowsOut,
    ImportRowsQuery,
    ImportRunIn,
    ImportsOut,
    LeftOutQuery,
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
from trackeep.bookmarks.schemas.reading import ArticleOut, ProgressIn, ProgressOut, ReaderLooksIn, ReaderLooksOut
from trackeep.bookmarks.schemas.selections import BulkIn, BulkOut, FilterIn, ListQuery, SelectionIn, UndoneOut

__all__ = [
    "ArticleOut",
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
    "ExportQuery",
    "FilterIn",
    "HighlightExportQuery",
    "HighlightFilterIn",
    "HighlightIn",
    "HighlightListOut",
    "HighlightOut",
    "HighlightPatch",
    "HighlightQuery",
    "ImportFileIn",
    "ImportOut",
    "ImportRowOut",
    "ImportRowsOut",
    "ImportRowsQuery",
    "ImportRunIn",
    "ImportsOut",
    "LeftOutQuery",
    "ListQuery",
    "PlacedHighlightsOut",
    "ProgressIn",
    "ProgressOut",
    "ReaderLooksIn",
    "ReaderLooksOut",
    "SelectionIn",
    "TagRefOut",
    "UndoneOut",
]
