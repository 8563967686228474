"""The audit log: who did what to which object from where; never a secret."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, ForeignKey, Index, String, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.paging import Page, bounded_limit, decode_cursor, encode_cursor


class AuditEvent(db.Base):
    __tablename__ = "audit_events"
    __table_args__ = (
        Index("ix_audit_events_user_id_id", "user_id", "id"),
        Index("ix_audit_events_name_id", "name", "id"),
    )

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    at: Mapped[datetime] = mapped_column(nullable=False)
    name: Mapped[str] = mapped_column(String(60), nullable=False)
    user_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    object_id: Mapped[int | None] = mapped_column(BigInteger)
    address: Mapped[str] = mapped_column(String(64), nullable=False, default="")
    facts: Mapped[dict[str, Any]] = mapped_column(nullable=False, default=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """Which events are wanted. ``name`` is a whole name or the beginning of one, such as ``accounts.``; ``since`` is
    included, ``until`` is not."""

    name: str = ""
    user_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One event as it is listed."""

    id: int
    at: datetime
    name: str
    user_id: int | None
    object_id: int | None
    address: str
    facts: Mapping[str, Any]


def audit_page(wanted: AuditFilter, *, cursor: str | None = None, limit: int = 50) -> Page[AuditEntry]:
    """One page of the log, newest first. Whoever calls this has made sure that its reader may see all of it."""
    count = bounded_limit(limit)
    query = select(AuditEvent).where(*_conditions(wanted)).order_by(AuditEvent.id.desc()).limit(count + 1)
    if cursor:
        query = query.where(AuditEvent.id < decode_cursor(cursor, (int,))[0])
    events = db.session().scalars(query.execution_options(populate_existing=True)).all()
    more = encode_cursor(events[count - 1].id) if len(events) > count else None
    return Page([_entry(event) for event in events[:count]], more)


def _conditions(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.name:
        conditions.append(AuditEvent.name.startswith(wanted.name, autoescape=True))
    if wanted.user_id is not None:
        conditions.append(AuditEvent.user_id == wanted.user_id)
    if wanted.since is not None:
        conditions.append(AuditEvent.at >= wanted.since)
    if wanted.until is not None:
        conditions.append(AuditEvent.at < wanted.until)
    return conditions


def _entry(event: AuditEvent) -> AuditEntry:
    return AuditEntry(event.id, event.at, event.name, event.user_id, event.object_id, event.address, event.facts)


def record(actor: Actor, name: str, *, object_id: int | None = None, **facts: object) -> None:
    """Write one event inside the open unit of work; ``name`` is ``domain.what_happened``."""
    db.session().execute(
        insert(AuditEvent).values(
            at=clock.now(),
            name=name,
            user_id=actor.user_id,
            object_id=object_id,
            address=actor.address,
            facts=facts,
        )
    )
