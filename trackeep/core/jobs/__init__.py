"""Background jobs: a table is the queue, a job is enqueued in the transaction of what causes it."""

from trackeep.core.jobs.queue import (
    Job,
    JobRow,
    PassingFailure,
    PermanentFailure,
    Postponed,
    enqueue,
    enqueue_many,
    job,
    registry,
)
from trackeep.core.jobs.runner import Runner, work_off
from trackeep.core.jobs.schedules import JobSchedule

__all__ = [
    "Job",
    "JobRow",
    "JobSchedule",
    "PassingFailure",
    "PermanentFailure",
    "Postponed",
    "Runner",
    "enqueue",
    "enqueue_many",
    "job",
    "registry",
    "work_off",
]
