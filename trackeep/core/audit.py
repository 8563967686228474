"""The audit log: who did what to which object from where; never a secret."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, insert
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import clock, db
from trackeep.core.actor import Actor


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
