"""Bringing a file of tasks: it is kept, its columns are chosen, it is looked through, saved, and perhaps taken back."""

from trackeep.tasks.service.importing.checking import check_import
from trackeep.tasks.service.importing.running import run_import
from trackeep.tasks.service.importing.starting import (
    choose_options,
    discard_import,
    forget_imports,
    open_import,
    start_import,
    start_undo,
)
from trackeep.tasks.service.importing.undoing import undo_import

__all__ = [
    "check_import",
    "choose_options",
    "discard_import",
    "forget_imports",
    "open_import",
    "run_import",
    "start_import",
    "start_undo",
    "undo_import",
]
