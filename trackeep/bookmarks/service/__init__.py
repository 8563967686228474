"""The verbs of bookmarks: the front door for pages, API, jobs and other domains."""

from trackeep.bookmarks.service.articles import (
    article_source,
    enqueue_waiting,
    missing_pictures,
    note_no_article,
    retry_article,
    store_article,
    store_pictures,
    waiting_articles,
)
from trackeep.bookmarks.service.bulk import change_many, undo_change
from trackeep.bookmarks.service.collection_trash import purge_collections, restore_collections
from trackeep.bookmarks.service.collections import (
    create_collection,
    delete_collection,
    edit_collection,
    ensure_path,
)
from trackeep.bookmarks.service.editing import (
    edit_bookmark,
    mark_bookmarks,
    move_bookmarks,
    purge_bookmarks,
    restore_bookmarks,
    trash_bookmarks,
)
from trackeep.bookmarks.service.fetching import (
    FetchTarget,
    favicon_of_site,
    fetch_target,
    note_fetch_failure,
    note_fetch_turn,
    refetch_bookmark,
    store_metadata,
)
from trackeep.bookmarks.service.highlights import (
    add_highlight,
    anchor_highlights,
    edit_highlight,
    purge_highlights,
    restore_highlights,
    trash_highlights,
    unmake_highlights,
)
from trackeep.bookmarks.service.importing import (
    check_import,
    discard_import,
    forget_imports,
    open_import,
    run_import,
    start_import,
    start_undo,
    undo_import,
)
from trackeep.bookmarks.service.quotes import add_quotes
from trackeep.bookmarks.service.reading import note_progress, save_looks
from trackeep.bookmarks.service.saving import save_bookmark, save_many

__all__ = [
    "FetchTarget",
    "add_highlight",
    "add_quotes",
    "anchor_highlights",
    "article_source",
    "change_many",
    "check_import",
    "create_collection",
    "delete_collection",
    "discard_import",
    "edit_bookmark",
    "edit_collection",
    "edit_highlight",
    "enqueue_waiting",
    "ensure_path",
    "favicon_of_site",
    "fetch_target",
    "forget_imports",
    "mark_bookmarks",
    "missing_pictures",
    "move_bookmarks",
    "note_fetch_failure",
    "note_fetch_turn",
    "note_no_article",
    "note_progress",
    "open_import",
    "purge_bookmarks",
    "purge_collections",
    "purge_highlights",
    "refetch_bookmark",
    "restore_bookmarks",
    "restore_collections",
    "restore_highlights",
    "retry_article",
    "run_import",
    "save_bookmark",
    "save_looks",
    "save_many",
    "start_import",
    "start_undo",
    "store_article",
    "store_metadata",
    "store_pictures",
    "trash_bookmarks",
    "trash_highlights",
    "undo_change",
    "undo_import",
    "unmake_highlights",
    "waiting_articles",
]
