"""What the system page shows, put together from the nodes' summaries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from trackeep.admin.alerts import Alert, added_cache, find_alerts, hit_rate
from trackeep.core.measures.figures import Figures, ServerFigures, Told

SILENT_AFTER = timedelta(seconds=45)
LOOKING_BACK = timedelta(minutes=5)


class Span(StrEnum):
    """How far a chart looks back."""

    HOUR = "hour"
    DAY = "day"

    @property
    def duration(self) -> timedelta:
        return timedelta(hours=1) if self is Span.HOUR else timedelta(hours=24)

    @property
    def step(self) -> timedelta:
        """Of one point: an hour is drawn with 120 points, a day with 240."""
        return timedelta(seconds=30) if self is Span.HOUR else timedelta(minutes=6)

    @property
    def line_step(self) -> timedelta:
        """Of one line of the table beside the charts."""
        return timedelta(minutes=5) if self is Span.HOUR else timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeState:
    """A node and its last summary; a silent one has ended, or cannot write."""

    name: str
    at: datetime
    is_silent: bool
    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class UseState:
    """One use of Redis, over all nodes. ``address`` is empty when it is switched off. Failures are those of the last
    minutes."""

    name: str
    address: str = ""
    is_open: bool = False
    is_silent: bool = False
    calls: float = 0.0
    mean_ms: float = 0.0
    failures: Mapping[str, int] = field(default_factory=dict)
    openings: int = 0

    @property
    def is_on(self) -> bool:
        return bool(self.address)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceState:
    """How often a resource was wanted in the last minutes, and the part that needed no computation."""

    name: str
    hits: int
    misses: int
    hit_rate: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFigures:
    """Background jobs as the nodes last saw them."""

    waiting: int = 0
    running: int = 0
    failed: int = 0
    due_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """All nodes that report, together: rates a second, the slowest times, bytes."""

    requests: float
    errors: float
    p50_ms: float | None
    p95_ms: float | None
    memory: int
    processes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemState:
    alerts: Sequence[Alert]
    nodes: Sequence[NodeState]
    uses: Sequence[UseState]
    servers: Mapping[str, ServerFigures]
    resources: Sequence[ResourceState]

    @property
    def level(self) -> str:
        """good, warn or bad; empty before anything was told."""
        if not self.nodes:
            return ""
        return self.alerts[0].level if self.alerts else "good"

    @property
    def reporting(self) -> Sequence[Figures]:
        return [node.figures for node in self.nodes if not node.is_silent]

    @property
    def totals(self) -> Totals:
        told = self.reporting
        return Totals(
            requests=sum(each.requests for each in told),
            errors=sum(each.errors for each in told),
            p50_ms=max((each.p50_ms for each in told if each.p50_ms is not None), default=None),
            p95_ms=max((each.p95_ms for each in told if each.p95_ms is not None), default=None),
            memory=sum(each.memory for each in told),
            processes=sum(each.processes for each in told),
        )

    @property
    def queue(self) -> QueueFigures:
        """There is one queue, and all see it: whoever sees most of it looked last."""
        told = max(self.reporting, key=lambda each: each.due_seconds, default=Figures())
        return QueueFigures(
            waiting=told.waiting_jobs,
            running=told.running_jobs,
            failed=told.failed_jobs,
            due_seconds=told.due_seconds,
        )

    @property
    def hit_rate(self) -> float | None:
        hits = sum(each.hits for each in self.resources)
        wanted = hits + sum(each.misses for each in self.resources)
        return hits / wanted if wanted else None

    @property
    def has_redis(self) -> bool:
        return any(use.is_on for use in self.uses)


def system_state(told: Sequence[Told], addresses: Mapping[str, str], now: datetime) -> SystemState:
    """``told`` are the summaries of the last minutes, newest first; ``addresses`` are those of all uses of Redis, empty
    for what is switched off."""
    nodes = _nodes(told, now)
    newest = [node.figures for node in nodes if not node.is_silent]
    recent = [each.figures for each in told]
    servers = {place: figures for each in newest for place, figures in each.servers.items()}
    return SystemState(
        alerts=find_alerts(newest, told),
        nodes=nodes,
        uses=[_use(name, address, newest, recent) for name, address in addresses.items()],
        servers=dict(sorted(servers.items())),
        resources=[
            ResourceState(name=name, hits=each.hits, misses=each.misses, hit_rate=hit_rate(each))
            for name, each in added_cache(recent).items()
        ],
    )


def _nodes(told: Iterable[Told], now: datetime) -> list[NodeState]:
    newest: dict[str, Told] = {}
    for each in told:
        newest.setdefault(each.node, each)
    return [
        NodeState(name=name, at=each.at, is_silent=now - each.at > SILENT_AFTER, figures=each.figures)
        for name, each in sorted(newest.items())
    ]


def _use(name: str, address: str, newest: Sequence[Figures], recent: Sequence[Figures]) -> UseState:
    now = [figures.uses[name] for figures in newest if name in figures.uses]
    lately = [figures.uses[name] for figures in recent if name in figures.uses]
    calls = sum(each.calls for each in now)
    failures: dict[str, int] = {}
    for each in lately:
        for kind, number in each.failures.items():
            failures[kind] = failures.get(kind, 0) + number
    return UseState(
        name=name,
        address=address,
        is_open=any(each.is_open for each in now),
        is_silent=any(address in figures.silent for figures in newest),
        calls=calls,
        mean_ms=sum(each.mean_ms * each.calls for each in now) / calls if calls else 0.0,
        failures=failures,
        openings=sum(each.openings for each in lately),
    )
