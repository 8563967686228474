"""The verbs of bookmarks: the front door for pages, API, jobs and other domains."""

from trackeep.bookmarks.drafts import Draft
from trackeep.bookmarks.filters import Filters, View
from trackeep.bookmarks.queries import BookmarkHit, BookmarkItem, CollectionItemView
from trackeep.bookmarks.service.bulk import change_many, undo_change
from trackeep.bookmarks.service.collection_trash import purge_collections, restore_collections
from trackeep.bookmarks.service.collections import (
    create_collection,
    delete_collection,
    edit_collection,
    ensure_path,
    known_paths,
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
from trackeep.bookmarks.service.lending import collections_in, mentions, newest, newest_shared, page_key
from trackeep.bookmarks.service.rows import check_collections
from trackeep.bookmarks.service.saving import known_urls, save_bookmark, save_many

__all__ = [
    "BookmarkHit",
    "BookmarkItem",
    "CollectionItemView",
    "Draft",
    "FetchTarget",
    "Filters",
    "View",
    "change_many",
    "check_collections",
    "check_import",
    "collections_in",
    "create_collection",
    "delete_collection",
    "discard_import",
    "edit_bookmark",
    "edit_collection",
    "ensure_path",
    "favicon_of_site",
    "fetch_target",
    "forget_imports",
    "known_paths",
    "known_urls",
    "mark_bookmarks",
    "mentions",
    "move_bookmarks",
    "newest",
    "newest_shared",
    "note_fetch_failure",
    "note_fetch_turn",
    "open_import",
    "page_key",
    "purge_bookmarks",
    "purge_collections",
    "refetch_bookmark",
    "restore_bookmarks",
    "restore_collections",
    "run_import",
    "save_bookmark",
    "save_many",
    "start_import",
    "start_undo",
    "store_metadata",
    "trash_bookmarks",
    "undo_change",
    "undo_import",
]
