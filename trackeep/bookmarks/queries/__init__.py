"""Reads of the bookmarks domain: one bookmark, lists, collections and counts."""

from trackeep.bookmarks.queries.archived import (
    ArchivedItem,
    archived_of,
)
from trackeep.bookmarks.queries.articles import (
    ArticleItem,
    article_picture,
    get_article,
)
from trackeep.bookmarks.queries.branches import (
    Branch,
    branches,
    inside,
)
from trackeep.bookmarks.queries.chance import (
    pick_bookmark,
)
from trackeep.bookmarks.queries.collections import (
    CollectionItemView,
    collection_tree,
    ids_below,
    trashed_names,
)
from trackeep.bookmarks.queries.copies import (
    CopyItem,
    copies_of,
    get_copy,
)
from trackeep.bookmarks.queries.duplicates import (
    DuplicateCounts,
    DuplicateGroup,
    Likeness,
    duplicate_counts,
    list_duplicates,
)
from trackeep.bookmarks.queries.exports import (
    export_size,
    exported,
    exported_once,
    exported_quotes,
    highlight_counts,
)
from trackeep.bookmarks.queries.finding import (
    BookmarkHit,
    count_view,
    find_bookmarks,
    hits,
    newest_bookmarks,
    newest_shared,
    trashed_titles,
)
from trackeep.bookmarks.queries.highlight_groups import (
    HighlightGroup,
    exported_highlights,
    highlight_groups,
)
from trackeep.bookmarks.queries.highlight_hits import (
    find_highlights,
    highlights_of_the_day,
    trashed_quotes,
)
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
from trackeep.bookmarks.queries.items import (
    BookmarkItem,
    find_by_url,
    get_bookmark,
    get_bookmarks,
)
from trackeep.bookmarks.queries.links import (
    LinkCounts,
    LinkItem,
    link_counts,
    link_of,
    list_links,
)
from trackeep.bookmarks.queries.lists import (
    PAGE_SIZE,
    Counts,
    conditions_of,
    counts,
    list_bookmarks,
    matching_ids,
)
from trackeep.bookmarks.queries.neighbours import (
    Neighbour,
    neighbours,
)
from trackeep.bookmarks.queries.reading import (
    Begun,
    Continued,
    begun,
    continue_reading,
    exported_progress,
    looks_of,
    percents,
    progress_of,
)
from trackeep.bookmarks.queries.resurfacing import (
    Resurfaced,
    resurfaced,
)
from trackeep.bookmarks.queries.rules import (
    RuleItem,
    RuleRunItem,
    get_rule,
    list_rules,
    rule_runs,
)
from trackeep.bookmarks.queries.statistics import (
    Statistics,
    statistics,
)
from trackeep.bookmarks.queries.texts import (
    TEXTS_AT_ONCE,
    article_openings,
    article_texts,
)
from trackeep.bookmarks.queries.trials import (
    Example,
    Trial,
    try_rule,
)

__all__ = [
    "PAGE_SIZE",
    "TEXTS_AT_ONCE",
    "ArchivedItem",
    "ArticleItem",
    "Begun",
    "BookmarkHit",
    "BookmarkItem",
    "Branch",
    "CollectionItemView",
    "Continued",
    "CopyItem",
    "Counts",
    "DuplicateCounts",
    "DuplicateGroup",
    "Example",
    "HighlightGroup",
    "HighlightItem",
    "ImportItem",
    "ImportRowItem",
    "Likeness",
    "LinkCounts",
    "LinkItem",
    "Neighbour",
    "PlacedHighlight",
    "Resurfaced",
    "RuleItem",
    "RuleRunItem",
    "Statistics",
    "Trial",
    "archived_of",
    "article_openings",
    "article_picture",
    "article_texts",
    "begun",
    "branches",
    "collection_tree",
    "conditions_of",
    "continue_reading",
    "copies_of",
    "count_view",
    "counts",
    "duplicate_counts",
    "export_size",
    "exported",
    "exported_highlights",
    "exported_once",
    "exported_progress",
    "exported_quotes",
    "find_bookmarks",
    "find_by_url",
    "find_highlights",
    "first_highlights",
    "get_article",
    "get_bookmark",
    "get_bookmarks",
    "get_copy",
    "get_highlight",
    "get_highlights",
    "get_import",
    "get_rule",
    "highlight_counts",
    "highlight_groups",
    "highlights_of",
    "highlights_of_the_day",
    "hits",
    "ids_below",
    "import_rows",
    "inside",
    "last_saved",
    "left_out",
    "link_counts",
    "link_of",
    "list_bookmarks",
    "list_duplicates",
    "list_highlights",
    "list_imports",
    "list_links",
    "list_rules",
    "looks_of",
    "matching_ids",
    "neighbours",
    "newest_bookmarks",
    "newest_shared",
    "percents",
    "pick_bookmark",
    "progress_of",
    "resurfaced",
    "rule_runs",
    "statistics",
    "trashed_names",
    "trashed_quotes",
    "trashed_titles",
    "try_rule",
]
