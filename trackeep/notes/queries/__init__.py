"""The reads of notes."""

from trackeep.notes.queries.daily import (
    daily_days,
    find_daily,
)
from trackeep.notes.queries.items import (
    NoteItem,
    NoteText,
    get_note,
    get_notes,
    read_note,
    trashed_titles,
)
from trackeep.notes.queries.links import (
    Backlink,
    Missing,
    Outgoing,
    count_backlinks,
    list_backlinks,
    list_missing,
    list_outgoing,
    resolve_titles,
)
from trackeep.notes.queries.lists import (
    NoteHit,
    find_notes,
    hits,
    list_notes,
    newest_notes,
)
from trackeep.notes.queries.tree import (
    MAX_DEPTH,
    Branch,
    list_branches,
    list_inside,
    path_to,
)
from trackeep.notes.queries.versions import (
    VersionItem,
    VersionText,
    get_version,
    list_versions,
)

__all__ = [
    "MAX_DEPTH",
    "Backlink",
    "Branch",
    "Missing",
    "NoteHit",
    "NoteItem",
    "NoteText",
    "Outgoing",
    "VersionItem",
    "VersionText",
    "count_backlinks",
    "daily_days",
    "find_daily",
    "find_notes",
    "get_note",
    "get_notes",
    "get_version",
    "hits",
    "list_backlinks",
    "list_branches",
    "list_inside",
    "list_missing",
    "list_notes",
    "list_outgoing",
    "list_versions",
    "newest_notes",
    "path_to",
    "read_note",
    "resolve_titles",
    "trashed_titles",
]
