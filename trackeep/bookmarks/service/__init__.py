"""The verbs of bookmarks: the front door for pages, API, jobs and other domains."""

from trackeep.bookmarks.service.bulk import change_many, undo_change
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
from trackeep.bookmarks.service.saving import save_bookmark, save_many

__all__ = [
    "FetchTarget",
    "change_many",
    "create_collection",
    "delete_collection",
    "edit_bookmark",
    "edit_collection",
    "ensure_path",
    "favicon_of_site",
    "fetch_target",
    "mark_bookmarks",
    "move_bookmarks",
    "note_fetch_failure",
    "note_fetch_turn",
    "purge_bookmarks",
    "refetch_bookmark",
    "restore_bookmarks",
    "save_bookmark",
    "save_many",
    "store_metadata",
    "trash_bookmarks",
    "undo_change",
]
