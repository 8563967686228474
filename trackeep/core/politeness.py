"""Turns at other people's servers: however many jobs wait for one host, they call on it one after the other."""

from datetime import datetime, timedelta

from sqlalchemy import String, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import clock, db, ext

INTERVAL = timedelta(seconds=1)
MAX_HOST = 255


class HostTurn(db.Base):
    """When the next caller of a host may come."""

    __tablename__ = "host_turns"

    host: Mapped[str] = mapped_column(String(MAX_HOST), primary_key=True)
    next_at: Mapped[datetime] = mapped_column(nullable=False)


def interval_of(host: str) -> timedelta:
    """How long the host is left alone between two calls: a second, or what HOST_INTERVALS says of it."""
    seconds = ext.settings().host_intervals.get(host.lower())
    return INTERVAL if seconds is None else timedelta(seconds=seconds)


def take_turn(host: str) -> datetime:
    """The moment at which the caller may ask this host, now or later; the turn is the caller's alone."""
    host, now, interval = host[:MAX_HOST], clock.now(), interval_of(host)
    with db.unit_of_work() as session:
        first = db.upsert(HostTurn).values(host=host, next_at=now).on_conflict_do_nothing()
        session.execute(first)
        free_at = session.execute(select(HostTurn.next_at).where(HostTurn.host == host).with_for_update()).scalar_one()
        turn = max(free_at, now)
        session.execute(update(HostTurn).where(HostTurn.host == host).values(next_at=turn + interval))
    return turn


def try_turn(host: str) -> bool:
    """Whether the caller may ask this host at once; nobody else may then until the interval has passed. Where that is
    nothing, nothing is written."""
    host, now, interval = host[:MAX_HOST], clock.now(), interval_of(host)
    if not interval:
        return True
    with db.unit_of_work() as session:
        claim = db.upsert(HostTurn).values(host=host, next_at=now + interval)
        free = claim.on_conflict_do_update(
            index_elements=[HostTurn.host], set_={"next_at": now + interval}, where=HostTurn.next_at <= now
        )
        return session.execute(free.returning(HostTurn.host)).first() is not None


def forget_old_turns() -> None:
    """A host that nobody waits for needs no row."""
    with db.unit_of_work() as session:
        session.execute(delete(HostTurn).where(HostTurn.next_at < clock.now() - timedelta(hours=1)))
