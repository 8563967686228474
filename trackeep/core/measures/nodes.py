"""Summaries of the nodes: each writes a row every ten seconds, and administrators see them on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, String, delete, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import clock, db
from trackeep.core.measures.figures import Figures, Told, as_json, from_json

PERIOD = 10
KEPT = timedelta(hours=24)
LONGEST_NAME = 120
MOST_ROWS = 2_000


class NodeSummary(db.Base):
    """What is drawn over time has columns, so that a day of it is added up by the database; the rest is in
    ``figures``. ``slot`` numbers the periods of ten seconds since 1970."""

    __tablename__ = "node_summaries"
    __table_args__ = (Index("ix_node_summaries_slot", "slot"),)

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    node: Mapped[str] = mapped_column(String(LONGEST_NAME), nullable=False)
    at: Mapped[datetime] = mapped_column(nullable=False)
    slot: Mapped[int] = mapped_column(nullable=False)
    requests: Mapped[float] = mapped_column(nullable=False)
    errors: Mapped[float] = mapped_column(nullable=False)
    p50_ms: Mapped[float | None] = mapped_column()
    p95_ms: Mapped[float | None] = mapped_column()
    cache_hits: Mapped[int] = mapped_column(nullable=False)
    cache_misses: Mapped[int] = mapped_column(nullable=False)
    redis_calls: Mapped[float] = mapped_column(nullable=False)
    redis_memory: Mapped[float | None] = mapped_column()
    due_seconds: Mapped[float] = mapped_column(nullable=False)
    figures: Mapped[dict[str, Any]] = mapped_column(nullable=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What all nodes together did from ``at`` on, for one step of the history. None: there was nothing to tell."""

    at: datetime
    requests: float
    errors: float
    p50_ms: float | None
    p95_ms: float | None
    hit_rate: float | None
    redis_calls: float
    redis_memory: float | None
    due_seconds: float


def write(node: str, figures: Figures) -> None:
    now = clock.now()
    with db.unit_of_work() as session:
        session.execute(
            insert(NodeSummary).values(
                node=node[:LONGEST_NAME],
                at=now,
                slot=slot_of(now),
                requests=figures.requests,
                errors=figures.errors,
                p50_ms=figures.p50_ms,
                p95_ms=figures.p95_ms,
                cache_hits=figures.cache_hits,
                cache_misses=figures.cache_misses,
                redis_calls=figures.redis_calls,
                redis_memory=figures.redis_memory,
                due_seconds=figures.due_seconds,
                figures=as_json(figures),
            )
        )


def recent(span: timedelta) -> list[Told]:
    """The summaries of this last time, the newest first; at most 2,000."""
    rows = db.rows(
        select(NodeSummary.node, NodeSummary.at, NodeSummary.figures)
        .where(NodeSummary.slot >= slot_of(clock.now() - span))
        .order_by(NodeSummary.slot.desc(), NodeSummary.id.desc())
        .limit(MOST_ROWS)
    )
    return [Told(row.node, row.at, from_json(row.figures)) for row in rows]


def history(span: timedelta, step: timedelta) -> Sequence[Moment]:
    """The last time in steps, the oldest first; a step in which nobody wrote is left out. Rates of nodes are added up,
    of what is slow or full the worst is taken."""
    slots = int(step.total_seconds()) // PERIOD
    place = (NodeSummary.slot // slots).label("place")
    periods = func.count(NodeSummary.slot.distinct())
    rows = db.rows(
        select(
            place,
            (func.sum(NodeSummary.requests) / periods).label("requests"),
            (func.sum(NodeSummary.errors) / periods).label("errors"),
            func.avg(NodeSummary.p50_ms).label("p50_ms"),
            func.max(NodeSummary.p95_ms).label("p95_ms"),
            func.sum(NodeSummary.cache_hits).label("hits"),
            func.sum(NodeSummary.cache_misses).label("misses"),
            (func.sum(NodeSummary.redis_calls) / periods).label("redis_calls"),
            func.max(NodeSummary.redis_memory).label("redis_memory"),
            func.max(NodeSummary.due_seconds).label("due_seconds"),
        )
        .where(NodeSummary.slot >= slot_of(clock.now() - span))
        .group_by(place)
        .order_by(place)
        .limit(MOST_ROWS)
    )
    return [_moment(row, slots) for row in rows]


def forget_old() -> None:
    with db.unit_of_work() as session:
        session.execute(delete(NodeSummary).where(NodeSummary.slot < slot_of(clock.now() - KEPT)))


def slot_of(moment: datetime) -> int:
    return int(moment.timestamp()) // PERIOD


def _moment(row: db.AnyRow, slots: int) -> Moment:
    wanted = row.hits + row.misses
    return Moment(
        at=datetime.fromtimestamp(row.place * slots * PERIOD, clock.now().tzinfo),
        requests=row.requests,
        errors=row.errors,
        p50_ms=row.p50_ms,
        p95_ms=row.p95_ms,
        hit_rate=row.hits / wanted if wanted else None,
        redis_calls=row.redis_calls,
        redis_memory=row.redis_memory,
        due_seconds=row.due_seconds,
    )
