"""What the API and the forms of notes take and answer."""

from trackeep.notes.schemas.conflicts import (
    ClashForm,
    SettleForm,
)
from trackeep.notes.schemas.imports import (
    ExportQuery,
    ImportFileIn,
    ImportOut,
    ImportRowsOut,
    ImportRowsQuery,
    ImportsOut,
)
from trackeep.notes.schemas.links import (
    BacklinksOut,
    MissingNamesOut,
    OutgoingOut,
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
from trackeep.notes.schemas.places import (
    BranchesOut,
    DailyIn,
    MissingQuery,
    MoveIn,
    NamedIn,
    PathOut,
    TickIn,
    TreeQuery,
)
from trackeep.notes.schemas.versions import (
    Against,
    OpenedIn,
    PageQuery,
    SealedIn,
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
    "ExportQuery",
    "ImportFileIn",
    "ImportOut",
    "ImportRowsOut",
    "ImportRowsQuery",
    "ImportsOut",
    "ListQuery",
    "MissingNamesOut",
    "MissingQuery",
    "MoveIn",
    "NamedIn",
    "NoteIn",
    "NoteOut",
    "NotePageOut",
    "NotePatch",
    "OpenedIn",
    "OutgoingOut",
    "PageQuery",
    "PathOut",
    "RenamedNoteOut",
    "SealedIn",
    "SettleForm",
    "TickIn",
    "TreeQuery",
    "UndoneOut",
    "VersionOut",
    "VersionsOut",
    "VersionsQuery",
]
