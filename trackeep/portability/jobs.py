"""Archives are made and forgotten in the background."""

from trackeep.core.jobs import job
from trackeep.portability import service

HOUR = 3600.0


@job(service.MAKE_JOB, attempts=3)
def make_archive(archive_id: int) -> None:
    service.make_archive(archive_id)


@job("portability.forget_expired", every=HOUR)
def forget_expired() -> None:
    service.forget_expired()
