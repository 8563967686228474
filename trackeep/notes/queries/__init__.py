"""The reads of notes."""

from trackeep.notes.queries.daily import (
    daily_days,
    find_daily,
)
from trackeep.notes.queries.exports import (
    export_size,
    exported,
    exported_ids,
)
from trackeep.notes.queries.imports import (
    ImportItem,
    ImportRowItem,
    get_import,
    import_rows,
    last_saved,
    list_imports,
)
from trackeep.notes.queries.items import (
    NoteItem,
    NoteText,
    get_note,
    get_notes,
    hidden_ids,
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
from trackeep.notes.queries.renderings import (
    link_targets,
    rendering,
)
from trackeep.notes.queries.sealed_versions import (
    SealedVersionItem,
    SealedVersionText,
    get_sealed_version,
    list_sealed_versions,
    newest_passphrase,
)
from trackeep.notes.queries.sharing import (
    shared_ids,
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
    number_before,
)

__all__ = [
    "MAX_DEPTH",
    "Backlink",
    "Branch",
    "ImportItem",
    "ImportRowItem",
    "Missing",
    "NoteHit",
    "NoteItem",
    "NoteText",
    "Outgoing",
    "SealedVersionItem",
    "SealedVersionText",
    "VersionItem",
    "VersionText",
    "count_backlinks",
    "daily_days",
    "export_size",
    "exported",
    "exported_ids",
    "find_daily",
    "find_notes",
    "get_import",
    "get_note",
    "get_notes",
    "get_sealed_version",
    "get_version",
    "hidden_ids",
    "hits",
    "import_rows",
    "last_saved",
    "link_targets",
    "list_backlinks",
    "list_branches",
    "list_imports",
    "list_inside",
    "list_missing",
    "list_notes",
    "list_outgoing",
    "list_sealed_versions",
    "list_versions",
    "newest_notes",
    "newest_passphrase",
    "number_before",
    "path_to",
    "read_note",
    "rendering",
    "resolve_titles",
    "shared_ids",
    "trashed_titles",
]
