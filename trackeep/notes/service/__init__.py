"""The verbs of notes: the front door for pages, API, jobs and other domains."""

from trackeep.notes.drafts import (
    NoteChanges,
    NoteDraft,
)
from trackeep.notes.queries import (
    NoteItem,
    find_notes,
    get_note,
    get_notes,
    read_note,
    resolve_titles,
)
from trackeep.notes.sealed import (
    Sealed,
)
from trackeep.notes.service.conflicts import (
    settle_conflict,
)
from trackeep.notes.service.creating import (
    create_from_template,
    create_many,
    create_note,
    daily_note,
    ensure_note,
    local_now,
)
from trackeep.notes.service.editing import (
    edit_note,
    mark_notes,
    restore_version,
    tick,
)
from trackeep.notes.service.importing import (
    check_import,
    discard_import,
    forget_imports,
    open_import,
    run_import,
    start_import,
    start_undo,
    undo_import,
)
from trackeep.notes.service.many import (
    BulkDone,
    BulkVerb,
    change_many,
    undo_many,
)
from trackeep.notes.service.places import (
    move_note,
)
from trackeep.notes.service.renaming import (
    Followed,
    Taken,
    undo_rename,
)
from trackeep.notes.service.rows import (
    Text,
)
from trackeep.notes.service.sealing import (
    open_note,
    seal_note,
)
from trackeep.notes.service.trashing import (
    purge_notes,
    restore_notes,
    trash_notes,
)
from trackeep.notes.service.versions import (
    forget_old_versions,
)

__all__ = [
    "BulkDone",
    "BulkVerb",
    "Followed",
    "NoteChanges",
    "NoteDraft",
    "NoteItem",
    "Sealed",
    "Taken",
    "Text",
    "change_many",
    "check_import",
    "create_from_template",
    "create_many",
    "create_note",
    "daily_note",
    "discard_import",
    "edit_note",
    "ensure_note",
    "find_notes",
    "forget_imports",
    "forget_old_versions",
    "get_note",
    "get_notes",
    "local_now",
    "mark_notes",
    "move_note",
    "open_import",
    "open_note",
    "purge_notes",
    "read_note",
    "resolve_titles",
    "restore_notes",
    "restore_version",
    "run_import",
    "seal_note",
    "settle_conflict",
    "start_import",
    "start_undo",
    "tick",
    "trash_notes",
    "undo_import",
    "undo_many",
    "undo_rename",
]
