"""Background jobs: a table is the queue, a job is enqueued in the transaction of what causes it."""

from trackeep.core.jobs.queue import (
    Job,
    JobRow,
    PermanentFailure,
    enqueue,
    job,
    registry,
)

__all__ = ["Job", "JobRow", "PermanentFailure", "enqueue", "job", "registry"]
