"""What is done to links in the background."""

from trackeep.core.jobs import job
from trackeep.core.upkeep import DAY
from trackeep.shares import service


@job("shares.forget", every=DAY)
def forget() -> None:
    service.forget_revoked()
