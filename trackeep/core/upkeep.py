"""The jobs of the core itself: sending letters, and forgetting what is no longer of use."""

from trackeep.core import idempotency, outbox, politeness, undo
from trackeep.core.jobs import claims, job

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


JOBS = (
    forget_old_turns,
    forget_job_history,
    forget_undo_batches,
    forget_idempotency_keys,
    forget_old_letters,
    send_letter,
)
