"""The hourly clean-up of the trash."""

from trackeep.core.jobs import job
from trackeep.trash import service

HOUR = 3600.0


@job("trash.purge_overdue", every=HOUR)
def purge_overdue() -> None:
    service.purge_overdue()
