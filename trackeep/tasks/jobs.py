"""Background work of tasks: reminders whose time has come, and the steps of an import."""

from trackeep.core.jobs import job
from trackeep.tasks import service
from trackeep.tasks.service.reminding import STEP

MINUTE, DAY = 60.0, 24 * 3600.0
MOST_STEPS = 20


@job("tasks.fire_reminders", every=MINUTE)
def fire_reminders() -> None:
    """What is more than ten thousand waits for the next minute."""
    for _step in range(MOST_STEPS):
        if service.fire_due() < STEP:
            return


@job("tasks.check_import", attempts=5)
def check_import(import_id: int) -> None:
    service.check_import(import_id)


@job("tasks.run_import", attempts=8)
def run_import(import_id: int) -> None:
    service.run_import(import_id)


@job("tasks.undo_import", attempts=8)
def undo_import(import_id: int) -> None:
    service.undo_import(import_id)


@job("tasks.forget_imports", every=DAY)
def forget_imports() -> None:
    service.forget_imports()
