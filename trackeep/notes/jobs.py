"""Background work of notes: the steps of an import, and forgetting what is too old."""

from trackeep.core.jobs import job
from trackeep.notes import service

DAY = 24 * 3600.0


@job("notes.forget_versions", every=DAY)
def forget_versions() -> None:
    service.forget_old_versions()


@job("notes.check_import", attempts=4)
def check_import(import_id: int) -> None:
    service.check_import(import_id)


@job("notes.run_import", attempts=8)
def run_import(import_id: int) -> None:
    service.run_import(import_id)


@job("notes.undo_import", attempts=4)
def undo_import(import_id: int) -> None:
    service.undo_import(import_id)


@job("notes.forget_imports", every=DAY)
def forget_imports() -> None:
    service.forget_imports()
