"""Shapes of administration."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from trackeep.admin.alerts import Alert
from trackeep.admin.queries import NamedEntry
from trackeep.admin.system import NodeState, Span, SystemState
from trackeep.core.jobs.claims import State
from trackeep.core.schemas import InputSchema, OutputSchema

RowId = Annotated[int, Field(ge=1, le=2**63 - 1)]
# An empty field of a form means that the filter is not used. No day at the very edge: time zones need room.
Day = Annotated[
    Annotated[date, Field(ge=date(1900, 1, 1), le=date(9000, 1, 1))] | None,
    BeforeValidator(lambda value: value or None),
]
Cursor = Annotated[str | None, Field(max_length=2_000)]
Limit = Annotated[int, Field(ge=1, le=100)]


class JobsQuery(InputSchema):
    state: Annotated[State | None, BeforeValidator(lambda value: value or None)] = None
    cursor: Cursor = None
    limit: Limit = 50


class AuditQuery(InputSchema):
    name: Annotated[str, Field(max_length=60)] = ""
    user_id: Annotated[RowId | None, BeforeValidator(lambda value: value or None)] = None
    first_day: Day = None
    last_day: Day = None
    cursor: Cursor = None
    limit: Limit = 50


class HistoryQuery(InputSchema):
    span: Span = Span.HOUR


class JobIdsIn(InputSchema):
    """Without ids all failed jobs are meant."""

    ids: Annotated[list[RowId] | None, Field(max_length=500)] = None


class JobOut(OutputSchema):
    id: int
    name: str
    state: str
    attempts: int
    created_at: datetime
    run_at: datetime
    finished_at: datetime | None
    error: str | None


class JobsOut(OutputSchema):
    items: list[JobOut]
    next_cursor: str | None


class ChangedOut(OutputSchema):
    changed: int


class EventOut(OutputSchema):
    id: int
    at: datetime
    name: str
    user_id: int | None
    who: str
    object_id: int | None
    address: str
    facts: Mapping[str, Any]

    @classmethod
    def of(cls, named: NamedEntry) -> "EventOut":
        entry = named.entry
        return cls(
            id=entry.id,
            at=entry.at,
            name=entry.name,
            user_id=entry.user_id,
            who=named.who,
            object_id=entry.object_id,
            address=entry.address,
            facts=entry.facts,
        )


class AuditOut(OutputSchema):
    items: list[EventOut]
    next_cursor: str | None


class FactOut(OutputSchema):
    term: str
    value: str
    state: str


class PanelOut(OutputSchema):
    name: str
    title: str
    facts: list[FactOut]


class OverviewOut(OutputSchema):
    panels: list[PanelOut]


class AlertOut(OutputSchema):
    kind: str
    level: str
    title: str
    meaning: str
    advice: str
    chapter: str

    @classmethod
    def of(cls, alert: Alert) -> "AlertOut":
        return cls(
            kind=alert.kind,
            level=alert.level,
            title=alert.title,
            meaning=alert.meaning,
            advice=alert.advice,
            chapter=alert.chapter,
        )


class NodeOut(OutputSchema):
    """Rates are per second. Memory is in bytes, of all processes."""

    name: str
    at: datetime
    is_silent: bool
    role: str
    processes: int
    memory: int
    requests: float
    errors: float
    p50_ms: float | None
    p95_ms: float | None
    database_connections: int

    @classmethod
    def of(cls, node: NodeState) -> "NodeOut":
        told = node.figures
        return cls(
            name=node.name,
            at=node.at,
            is_silent=node.is_silent,
            role=told.role,
            processes=told.processes,
            memory=told.memory,
            requests=told.requests,
            errors=told.errors,
            p50_ms=told.p50_ms,
            p95_ms=told.p95_ms,
            database_connections=told.database_connections,
        )


class UseOut(OutputSchema):
    """``is_open``: given up for now; ``is_silent``: no server has answered lately. Failures are those of the last five
    minutes, by kind."""

    name: str
    is_on: bool
    address: str
    is_open: bool
    is_silent: bool
    calls: float
    mean_ms: float
    failures: Mapping[str, int]
    openings: int


class ServerOut(OutputSchema):
    """``slow_commands`` is null where the server does not tell them; evictions are per minute."""

    place: str
    role: str
    version: str
    used_memory: int
    max_memory: int
    evictions: float
    clients: int
    max_clients: int
    slow_commands: int | None
    lag_seconds: float | None


class ResourceOut(OutputSchema):
    name: str
    hits: int
    misses: int
    hit_rate: float | None


class QueueOut(OutputSchema):
    waiting: int
    running: int
    failed: int
    due_seconds: float


class SystemOut(OutputSchema):
    """``health`` is what the public address answers: ok or degraded. ``level`` is good, warn or bad, and empty before
    any node has told something."""

    health: str
    level: str
    alerts: list[AlertOut]
    nodes: list[NodeOut]
    queue: QueueOut
    uses: list[UseOut]
    servers: list[ServerOut]
    resources: list[ResourceOut]

    @classmethod
    def of(cls, state: SystemState, health: str) -> "SystemOut":
        return cls(
            health=health,
            level=state.level,
            alerts=[AlertOut.of(alert) for alert in state.alerts],
            nodes=[NodeOut.of(node) for node in state.nodes],
            queue=QueueOut.model_validate(state.queue),
            uses=[UseOut.model_validate(use) for use in state.uses],
            servers=[
                ServerOut(
                    place=place,
                    role=told.role,
                    version=told.version,
                    used_memory=told.used_memory,
                    max_memory=told.max_memory,
                    evictions=told.evictions,
                    clients=told.clients,
                    max_clients=told.max_clients,
                    slow_commands=told.slow_commands,
                    lag_seconds=told.lag_seconds,
                )
                for place, told in state.servers.items()
            ],
            resources=[ResourceOut.model_validate(resource) for resource in state.resources],
        )


class MomentOut(OutputSchema):
    at: datetime
    requests: float
    errors: float
    p50_ms: float | None
    p95_ms: float | None
    hit_rate: float | None
    redis_calls: float
    redis_memory: float | None
    due_seconds: float


class HistoryOut(OutputSchema):
    """Moments in which nobody told anything are left out."""

    span: Span
    step_seconds: int
    moments: list[MomentOut]
