"""Puts a node's figures together from two looks at its measures and at the Redis servers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from extensions.redis_client import PoolFigures, ServerState
from trackeep.core.measures.figures import CacheFigures, Figures, ServerFigures, UseFigures
from trackeep.core.measures.growth import Growth
from trackeep.core.measures.measures import Samples

HITS = frozenset({"near", "hit", "waited"})
MISS = "miss"
# The questions of a load balancer and the files of pages say nothing about how long people wait.
NOT_PAGES = ("health_", "static")
SLOW_SECONDS = 0.010
DIGITS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was seen at one moment; ``at`` is in seconds on the monotonic clock, ``pools`` belong to ``servers``, and
    ``silent`` are addresses of Redis where nobody answered."""

    at: float
    samples: Samples = field(default_factory=dict)
    servers: Mapping[str, ServerState] = field(default_factory=dict)
    pools: Mapping[str, PoolFigures] = field(default_factory=dict)
    uses: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Background jobs at one moment."""

    waiting: int = 0
    running: int = 0
    failed: int = 0
    due_seconds: float = 0.0


def summarise(before: Look, now: Look, queue: Queue, *, role: str, processes: int) -> Figures:
    seconds = max(now.at - before.at, 0.001)
    growth = Growth(before.samples, now.samples)
    is_page = lambda labels: not labels["part"].startswith(NOT_PAGES)  # noqa: E731  # a word for what is handed on twice
    return Figures(
        role=role,
        processes=processes,
        memory=int(_gauge(now, "memory_bytes")),
        requests=round(growth.total("requests_total") / seconds, DIGITS),
        errors=round(growth.total("requests_total", lambda labels: labels["status"] == "5xx") / seconds, DIGITS),
        p50_ms=_ms(growth.quantile("request_seconds", 0.5, is_page)),
        p95_ms=_ms(growth.quantile("request_seconds", 0.95, is_page)),
        cache=_cache(growth),
        uses={use: _use(growth, now, use, seconds) for use in sorted(now.uses)},
        servers={
            place: _server(before.servers.get(place), state, now.pools.get(place), seconds)
            for place, state in sorted(now.servers.items())
        },
        # Once may be a server that was busy for a moment.
        silent=sorted(before.silent & now.silent),
        waiting_jobs=queue.waiting,
        running_jobs=queue.running,
        failed_jobs=queue.failed,
        due_seconds=round(queue.due_seconds, 1),
        database_connections=int(_gauge(now, "database_connections", state="in use")),
    )


def _cache(growth: Growth) -> dict[str, CacheFigures]:
    hits = growth.by("cache_answers_total", "resource", lambda labels: labels["outcome"] in HITS)
    misses = growth.by("cache_answers_total", "resource", lambda labels: labels["outcome"] == MISS)
    return {
        resource: CacheFigures(hits=int(hits.get(resource, 0)), misses=int(misses.get(resource, 0)))
        for resource in sorted({*hits, *misses})
    }


def _use(growth: Growth, now: Look, use: str, seconds: float) -> UseFigures:
    def is_its(labels: Mapping[str, str]) -> bool:
        return labels["use"] == use

    calls = growth.total("redis_seconds_count", is_its)
    spent = growth.total("redis_seconds_sum", is_its)
    failures = growth.by("redis_errors_total", "error", is_its)
    return UseFigures(
        is_open=bool(_gauge(now, "redis_breaker_open", use=use)),
        calls=round(calls / seconds, DIGITS),
        mean_ms=round(spent / calls * 1000, DIGITS) if calls else 0.0,
        failures={kind: int(number) for kind, number in failures.items()},
        openings=int(growth.total("redis_breaker_openings_total", is_its)),
    )


def _server(before: ServerState | None, now: ServerState, pool: PoolFigures | None, seconds: float) -> ServerFigures:
    evicted = max(now.evicted_keys - before.evicted_keys, 0) if before else 0
    slow = _newly_slow(before, now)
    return ServerFigures(
        role=now.role,
        version=now.version,
        used_memory=now.used_memory,
        max_memory=now.max_memory,
        evictions=round(evicted / seconds * 60, 1),
        clients=now.clients,
        max_clients=now.max_clients,
        slow_commands=None if slow is None else len(slow),
        slowest_ms=round(max(slow or (0.0,)) * 1000, 1),
        lag_seconds=now.lag_seconds,
        connections=pool.open if pool else 0,
        connections_in_use=pool.in_use if pool else 0,
    )


def _newly_slow(before: ServerState | None, now: ServerState) -> tuple[float, ...] | None:
    """The seconds of slow commands since the last look. A server that was started anew counts from 0 again: then those
    that it tells are new as well."""
    if now.slow is None:
        return None
    if before is None or before.slow is None:
        return ()
    newest = max((number for number, _seconds in before.slow), default=-1)
    started_anew = max((number for number, _seconds in now.slow), default=-1) < newest
    return tuple(
        seconds for number, seconds in now.slow if (started_anew or number > newest) and seconds > SLOW_SECONDS
    )


def _gauge(look: Look, name: str, **labels: str) -> float:
    return look.samples.get((name, tuple(sorted(labels.items()))), 0.0)


def _ms(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds * 1000, 1)
