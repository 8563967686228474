"""The jobs of the core itself: sending letters, and forgetting what is no longer of use."""

from collections.abc import Collection

from sqlalchemy import select, text, union

from trackeep.core import db, ext, idempotency, outbox, politeness, undo
from trackeep.core.db.types import is_blob_key
from trackeep.core.jobs import claims, job
from trackeep.core.measures import nodes

HOUR = 3600.0
DAY = 24 * HOUR


@job("core.forget_job_history", every=DAY)
def forget_job_history() -> None:
    claims.forget_history()


@job("core.forget_undo_batches", every=DAY)
def forget_undo_batches() -> None:
    undo.forget_old()


@job("core.forget_idempotency_keys", every=HOUR)
def forget_idempotency_keys() -> None:
    idempotency.forget_old()


@job("core.forget_old_letters", every=DAY)
def forget_old_letters() -> None:
    outbox.forget_old_letters()


@job(outbox.SEND_JOB, attempts=8)
def send_letter(letter_id: int) -> None:
    outbox.deliver(letter_id)


@job("core.forget_old_turns", every=HOUR)
def forget_old_turns() -> None:
    politeness.forget_old_turns()


@job("core.forget_node_summaries", every=HOUR)
def forget_node_summaries() -> None:
    nodes.forget_old()


@job("core.learn_statistics", every=DAY)
def learn_statistics() -> None:
    """SQLite only chooses well among indexes once it has looked at the tables; PostgreSQL looks by itself."""
    if db.dialect() == "sqlite":
        db.session().execute(text("PRAGMA analysis_limit = 1000"))
        db.session().execute(text("PRAGMA optimize = 0x10002"))


@job("core.forget_unused_blobs", every=DAY)
def forget_unused_blobs() -> None:
    ext.blobs().sweep(_used_blobs)


def _used_blobs(keys: Collection[str]) -> set[str]:
    """Those that a row of any domain refers to, also of one that is switched off: its tables are known."""
    columns = [column for table in db.Base.metadata.tables.values() for column in table.c if is_blob_key(column)]
    used = union(*(select(column).where(column.in_(keys)) for column in columns))
    return set(db.session().scalars(used))


JOBS = (
    learn_statistics,
    forget_unused_blobs,
    forget_old_turns,
    forget_node_summaries,
    forget_job_history,
    forget_undo_batches,
    forget_idempotency_keys,
    forget_old_letters,
    send_letter,
)
