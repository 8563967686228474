"""The jobs table, the functions that may be run, and how a job gets into the queue."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import CheckConstraint, Executable, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import clock, db
from trackeep.core.jobs import bell


class PermanentFailure(Exception):
    """Raised by a job that must not be tried again; its message is kept with the job."""


class PassingFailure(Exception):
    """Raised by a job when something outside failed that may work again, such as a server that does not answer. It is
    tried again like after any error, and the log needs no traceback for it."""


class Postponed(Exception):
    """Raised by a job that wants to run again later, such as out of politeness to a host. Not counted as an attempt."""

    def __init__(self, seconds: float, reason: str = "") -> None:
        super().__init__(reason)
        self.seconds = seconds


class JobRow(db.Base):
    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name="state"),
        Index(
            "ix_jobs_claim",
            "priority",
            "run_at",
            "id",
            postgresql_where=text("state = 'waiting'"),
            sqlite_where=text("state = 'waiting'"),
        ),
        Index(
            "ix_jobs_lease",
            "lease_until",
            postgresql_where=text("state = 'running'"),
            sqlite_where=text("state = 'running'"),
        ),
        Index(
            "ix_jobs_failed",
            "id",
            postgresql_where=text("state = 'failed'"),
            sqlite_where=text("state = 'failed'"),
        ),
        Index(
            "uq_jobs_unique_key",
            "unique_key",
            unique=True,
            postgresql_where=text("state IN ('waiting', 'running')"),
            sqlite_where=text("state IN ('waiting', 'running')"),
        ),
    )

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(80), nullable=False)
    arguments: Mapped[dict[str, Any]] = mapped_column(nullable=False)
    state: Mapped[str] = mapped_column(String(10), nullable=False, default="waiting")
    priority: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    unique_key: Mapped[str | None] = mapped_column(String(120))
    run_at: Mapped[datetime] = mapped_column(nullable=False)
    attempts: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    lease_until: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(nullable=False)
    finished_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)


@dataclass(frozen=True, slots=True)
class Job:
    """A function that jobs may name. Called with the row's JSON arguments; must be idempotent."""

    name: str
    function: Callable[..., None]
    attempts: int
    every: float | None

    def __call__(self, **arguments: Any) -> None:
        self.function(**arguments)


class Registry:
    """The jobs of the domains that are switched on."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}

    def fill(self, jobs: Iterable[Job]) -> None:
        self._jobs = {job.name: job for job in jobs}

    def get(self, name: str) -> Job | None:
        return self._jobs.get(name)

    def scheduled(self) -> list[Job]:
        return [job for job in self._jobs.values() if job.every is not None]


registry = Registry()


def job(name: str, *, attempts: int = 5, every: float | None = None) -> Callable[[Callable[..., None]], Job]:
    """Make a function of a ``jobs`` module runnable; ``every`` seconds makes it a schedule."""
    return lambda function: Job(name=name, function=function, attempts=attempts, every=every)


def enqueue(
    name: str,
    arguments: dict[str, Any],
    *,
    unique_key: str | None = None,
    run_at: datetime | None = None,
    priority: int = 0,
) -> None:
    """Put a job into the queue inside the open unit of work. Lower ``priority`` numbers run first. With a
    ``unique_key`` nothing happens while a job of that key waits or runs."""
    enqueue_many(name, [arguments], unique_keys=[unique_key], run_at=run_at, priority=priority)


def enqueue_many(
    name: str,
    arguments: list[dict[str, Any]],
    *,
    unique_keys: list[str | None],
    run_at: datetime | None = None,
    priority: int = 0,
) -> None:
    if not arguments:
        return
    now = clock.now()
    rows = [
        {
            "name": name,
            "arguments": values,
            "state": "waiting",
            "priority": priority,
            "unique_key": key,
            "run_at": run_at or now,
            "attempts": 0,
            "created_at": now,
        }
        for values, key in zip(arguments, unique_keys, strict=True)
    ]
    db.write(_adding(db.dialect()), rows)
    db.after_commit(bell.announce)


@lru_cache
def _adding(_dialect: str) -> Executable:
    return db.upsert(JobRow).on_conflict_do_nothing()
