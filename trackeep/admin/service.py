"""The verbs of administration that belong to no domain: failed jobs get another chance or are let go."""

from collections.abc import Sequence

from trackeep.core import audit, db
from trackeep.core.actor import Actor
from trackeep.core.jobs.board import discard_jobs as discard
from trackeep.core.jobs.board import retry_jobs as retry


def retry_jobs(actor: Actor, *, ids: Sequence[int] | None) -> int:
    """Run these failed jobs again, or all of them with None; answers how many went back into the queue."""
    actor.require_admin()
    with db.unit_of_work():
        changed = retry(ids)
        audit.record(actor, "admin.jobs_retried", number=changed)
    return changed


def discard_jobs(actor: Actor, *, ids: Sequence[int] | None) -> int:
    """Let these failed jobs go, or all of them with None; answers how many there were."""
    actor.require_admin()
    with db.unit_of_work():
        changed = discard(ids)
        audit.record(actor, "admin.jobs_discarded", number=changed)
    return changed
