"""The tables of bookmarks."""

from trackeep.bookmarks.models.archived import (
    ArchivedCopy,
)
from trackeep.bookmarks.models.articles import (
    MAX_ARTICLE_ERROR,
    Article,
    ArticlePicture,
)
from trackeep.bookmarks.models.bookmark import (
    KIND,
    MAX_DESCRIPTION,
    MAX_NOTES,
    MAX_TITLE,
    SORT_KEY,
    Bookmark,
)
from trackeep.bookmarks.models.collections import (
    COLLECTION_KIND,
    Collection,
    CollectionItem,
)
from trackeep.bookmarks.models.copies import (
    PageCopy,
)
from trackeep.bookmarks.models.highlights import (
    HIGHLIGHT_KIND,
    Highlight,
)
from trackeep.bookmarks.models.imports import (
    BookmarkImport,
    BookmarkImportRow,
)
from trackeep.bookmarks.models.links import (
    LinkCheck,
)
from trackeep.bookmarks.models.reading import (
    ReaderSettings,
    ReadingProgress,
)
from trackeep.bookmarks.models.rests import (
    BookmarkRest,
)
from trackeep.bookmarks.models.rules import (
    MAX_RULE_NAME,
    BookmarkRule,
    BookmarkRuleAct,
    BookmarkRuleRun,
)

__all__ = [
    "COLLECTION_KIND",
    "HIGHLIGHT_KIND",
    "KIND",
    "MAX_ARTICLE_ERROR",
    "MAX_DESCRIPTION",
    "MAX_NOTES",
    "MAX_RULE_NAME",
    "MAX_TITLE",
    "SORT_KEY",
    "ArchivedCopy",
    "Article",
    "ArticlePicture",
    "Bookmark",
    "BookmarkImport",
    "BookmarkImportRow",
    "BookmarkRest",
    "BookmarkRule",
    "BookmarkRuleAct",
    "BookmarkRuleRun",
    "Collection",
    "CollectionItem",
    "Highlight",
    "LinkCheck",
    "PageCopy",
    "ReaderSettings",
    "ReadingProgress",
]
