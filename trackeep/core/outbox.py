"""Letters on their way: a row written with what causes it, then sent by a job; without SMTP the row is what is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, Index, String, Text, delete, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import clock, db, ext, jobs
from trackeep.core.actor import Actor
from trackeep.core.mail import Letter, MailFailed, MailRefused, Security, SmtpServer, build
from trackeep.core.paging import Page, bounded_limit, decode_cursor, encode_cursor

SEND_JOB = "core.send_letter"
KEPT = timedelta(days=30)


class OutboxLetter(db.Base):
    """A letter that waits, was sent, could not be sent, or is kept because no SMTP server is set. The text of a letter
    that was sent is forgotten: links to passwords are not left lying about."""

    __tablename__ = "outbox_letters"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'sent', 'failed', 'kept')", name="state"),
        Index("ix_outbox_letters_created_at", "created_at"),
    )

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    recipient: Mapped[str] = mapped_column(String(320), nullable=False)
    subject: Mapped[str] = mapped_column(String(300), nullable=False)
    text: Mapped[str] = mapped_column(Text, nullable=False)
    html: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(7), nullable=False)
    reason: Mapped[str] = mapped_column(String(500), nullable=False, default="")
    created_at: Mapped[datetime] = mapped_column(nullable=False)
    sent_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """A letter as the administrator reads it."""

    id: int
    recipient: str
    subject: str
    text: str
    state: str
    reason: str
    created_at: datetime
    sent_at: datetime | None


def send(*, to: str, subject: str, text: str, html: str | None = None) -> None:
    """Put a letter into the outbox inside the open unit of work."""
    sends = bool(ext.settings().smtp_host)
    row = {"recipient": to, "subject": subject, "text": text, "html": html, "created_at": clock.now()}
    letter_id = (
        db.session()
        .scalars(insert(OutboxLetter).returning(OutboxLetter.id), [{**row, "state": "waiting" if sends else "kept"}])
        .one()
    )
    if sends:
        jobs.enqueue(SEND_JOB, {"letter_id": letter_id}, priority=-10)


def deliver(letter_id: int) -> None:
    """Called by the job: hand a waiting letter to the server. Raises MailFailed when it is worth another try, and
    PermanentFailure when it is not."""
    waiting = select(OutboxLetter).where(OutboxLetter.id == letter_id, OutboxLetter.state.in_(("waiting", "failed")))
    row = db.session().execute(waiting.execution_options(populate_existing=True)).scalar_one_or_none()
    if row is None:
        return
    letter = Letter(to=row.recipient, subject=row.subject, text=row.text, html=row.html)
    db.release()
    try:
        _server().send(build(letter, sender=ext.settings().mail_from))
    except MailFailed as error:
        _mark(letter_id, state="failed", reason=error.reason[:500])
        if error.retryable:
            raise jobs.PassingFailure(error.reason) from error
        raise jobs.PermanentFailure(error.reason) from error
    except MailRefused as error:
        _mark(letter_id, state="failed", reason=str(error)[:500])
        raise jobs.PermanentFailure(str(error)) from error
    _mark(letter_id, state="sent", reason="", text="", html=None, sent_at=clock.now())


def letters(actor: Actor, *, cursor: str | None = None, limit: int = 50) -> Page[OutboxEntry]:
    """The administrator's list, the newest first."""
    actor.require_admin()
    statement = select(*_ENTRY).order_by(OutboxLetter.id.desc()).limit(bounded_limit(limit) + 1)
    if cursor:
        (before,) = decode_cursor(cursor, (int,))
        statement = statement.where(OutboxLetter.id < before)
    rows = db.session().execute(statement).all()
    shown: Sequence[OutboxEntry] = [OutboxEntry(**row._mapping) for row in rows[: bounded_limit(limit)]]
    return Page(shown, encode_cursor(shown[-1].id) if len(rows) > len(shown) else None)


def forget_old_letters() -> None:
    with db.unit_of_work() as session:
        session.execute(delete(OutboxLetter).where(OutboxLetter.created_at < clock.now() - KEPT))


_ENTRY = (
    OutboxLetter.id,
    OutboxLetter.recipient,
    OutboxLetter.subject,
    OutboxLetter.text,
    OutboxLetter.state,
    OutboxLetter.reason,
    OutboxLetter.created_at,
    OutboxLetter.sent_at,
)


def _server() -> SmtpServer:
    settings = ext.settings()
    return SmtpServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        username=settings.smtp_user,
        password=settings.smtp_password,
        security=Security(settings.smtp_security),
    )


def _mark(letter_id: int, **values: object) -> None:
    with db.unit_of_work() as session:
        change = update(OutboxLetter).where(OutboxLetter.id == letter_id).values(**values)
        session.execute(change.execution_options(synchronize_session=False))
