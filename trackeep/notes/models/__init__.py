"""The tables of notes."""

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
)

__all__ = [
    "KIND",
    "MAX_CONTEXT",
    "MAX_EXCERPT",
    "MAX_TITLE",
    "Note",
    "NoteLink",
    "NoteVersion",
]
