"""The tables of notes."""

from trackeep.notes.models.imports import (
    NoteImport,
    NoteImportRow,
)
from trackeep.notes.models.links import (
    MAX_CONTEXT,
    NoteLink,
)
from trackeep.notes.models.note import (
    KIND,
    MAX_EXCERPT,
    MAX_TITLE,
    Note,
)
from trackeep.notes.models.versions import (
    NoteVersion,
    SealedVersion,
)

__all__ = [
    "KIND",
    "MAX_CONTEXT",
    "MAX_EXCERPT",
    "MAX_TITLE",
    "Note",
    "NoteImport",
    "NoteImportRow",
    "NoteLink",
    "NoteVersion",
    "SealedVersion",
]
