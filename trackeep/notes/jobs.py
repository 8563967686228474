"""Background work of notes: forgetting versions that are a year old."""

from trackeep.core.jobs import job
from trackeep.notes import service

DAY = 24 * 3600.0


@job("notes.forget_versions", every=DAY)
def forget_versions() -> None:
    service.forget_old_versions()
