"""Bringing a zip file of Markdown: it is kept, looked through, saved, and perhaps taken back."""

from trackeep.notes.service.importing.checking import check_import
from trackeep.notes.service.importing.running import run_import
from trackeep.notes.service.importing.starting import (
    discard_import,
    forget_imports,
    open_import,
    start_import,
    start_undo,
)
from trackeep.notes.service.importing.undoing import undo_import

__all__ = [
    "check_import",
    "discard_import",
    "forget_imports",
    "open_import",
    "run_import",
    "start_import",
    "start_undo",
    "undo_import",
]
