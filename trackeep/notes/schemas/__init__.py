"""What the API and the forms of notes take and answer."""

from trackeep.notes.schemas.conflicts import (
    ClashForm,
    SettleForm,
)
from trackeep.notes.schemas.imports import (
    NoteExportQuery,
    NoteImportFileIn,
    NoteImportOut,
    NoteImportRowsOut,
    NoteImportRowsQuery,
    NoteImportsOut,
)
from trackeep.notes.schemas.links import (
    BacklinksOut,
    MissingNamesOut,
    OutgoingOut,
)
from trackeep.notes.schemas.many import (
    NotesBulkIn,
    NotesBulkOut,
)
from trackeep.notes.schemas.notes import (
    ListQuery,
    NoteIn,
    NoteOut,
    NotePageOut,
    NotePatch,
    RenamedNoteOut,
    UndoneOut,
)
from trackeep.notes.schemas.pages import (
    MarksIn,
    PreviewIn,
    SavedIn,
    TaskIn,
    TitlesQuery,
)
from trackeep.notes.schemas.places import (
    BranchesOut,
    DailyIn,
    MissingQuery,
    NamedIn,
    NoteMoveIn,
    PathOut,
    TickIn,
    TreeQuery,
)
from trackeep.notes.schemas.versions import (
    Against,
    OpenedIn,
    PageQuery,
    SealedIn,
    SealedVersionOut,
    SealedVersionsOut,
    VersionOut,
    VersionsOut,
    VersionsQuery,
)

__all__ = [
    "Against",
    "BacklinksOut",
    "BranchesOut",
    "ClashForm",
    "DailyIn",
    "ListQuery",
    "MarksIn",
    "MissingNamesOut",
    "MissingQuery",
    "NamedIn",
    "NoteExportQuery",
    "NoteImportFileIn",
    "NoteImportOut",
    "NoteImportRowsOut",
    "NoteImportRowsQuery",
    "NoteImportsOut",
    "NoteIn",
    "NoteMoveIn",
    "NoteOut",
    "NotePageOut",
    "NotePatch",
    "NotesBulkIn",
    "NotesBulkOut",
    "OpenedIn",
    "OutgoingOut",
    "PageQuery",
    "PathOut",
    "PreviewIn",
    "RenamedNoteOut",
    "SavedIn",
    "SealedIn",
    "SealedVersionOut",
    "SealedVersionsOut",
    "SettleForm",
    "TaskIn",
    "TickIn",
    "TitlesQuery",
    "TreeQuery",
    "UndoneOut",
    "VersionOut",
    "VersionsOut",
    "VersionsQuery",
]
