"""Schedules: when each recurring job is due next; a row decides, so that of many runners one enqueues it."""

from datetime import datetime, timedelta

from sqlalchemy import String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import clock, db
from trackeep.core.jobs.queue import Job, enqueue, registry


class JobSchedule(db.Base):
    __tablename__ = "job_schedules"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    next_at: Mapped[datetime] = mapped_column(nullable=False)


def enqueue_due() -> None:
    """Enqueue the recurring jobs whose time has come. A new schedule is due at once."""
    now = clock.now()
    rows = db.session().execute(select(JobSchedule.name, JobSchedule.next_at)).all()
    known = {row.name: row.next_at for row in rows}
    due = [job for job in registry.scheduled() if known.get(job.name, now) <= now]
    if not due:
        return
    with db.unit_of_work() as session:
        for job in due:
            if job.name not in known:
                row = {"name": job.name, "next_at": now}
                session.execute(db.upsert(JobSchedule).values(row).on_conflict_do_nothing())
            if _advance(job, now):
                enqueue(job.name, {}, unique_key=f"schedule:{job.name}")


def _advance(job: Job, now: datetime) -> bool:
    """Whether it was this call that moved the schedule on."""
    moved = db.session().execute(
        update(JobSchedule)
        .where(JobSchedule.name == job.name, JobSchedule.next_at <= now)
        .values(next_at=now + timedelta(seconds=job.every or 0))
        .returning(JobSchedule.name)
        .execution_options(synchronize_session=False)
    )
    return moved.first() is not None
