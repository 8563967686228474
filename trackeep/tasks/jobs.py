"""Background work of tasks: reminders whose time has come."""

from trackeep.core.jobs import job
from trackeep.tasks import service
from trackeep.tasks.service.reminding import STEP

MINUTE = 60.0
MOST_STEPS = 20


@job("tasks.fire_reminders", every=MINUTE)
def fire_reminders() -> None:
    """What is more than ten thousand waits for the next minute."""
    for _step in range(MOST_STEPS):
        if service.fire_due() < STEP:
            return
