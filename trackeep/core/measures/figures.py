"""What one node tells of a period of ten seconds: the shape of a summary."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec


class CacheFigures(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How often a resource was wanted; ``hits`` needed no computation."""

    hits: int = 0
    misses: int = 0


class UseFigures(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One use of Redis, such as ``cache``. ``failures`` are round trips that failed, by kind."""

    is_open: bool = False
    calls: float = 0.0  # round trips a second
    mean_ms: float = 0.0
    failures: dict[str, int] = {}
    openings: int = 0


class ServerFigures(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One Redis server. None means that the server does not tell, or not to us."""

    role: str = ""
    version: str = ""
    used_memory: int = 0
    max_memory: int = 0  # 0: no bound
    evictions: float = 0.0  # keys a minute
    clients: int = 0
    max_clients: int = 0
    slow_commands: int | None = 0  # those above 10 ms in the period
    slowest_ms: float = 0.0
    lag_seconds: float | None = None
    connections: int = 0  # of this node: open
    connections_in_use: int = 0

    @property
    def memory_share(self) -> float | None:
        return self.used_memory / self.max_memory if self.max_memory else None

    @property
    def client_share(self) -> float | None:
        return self.clients / self.max_clients if self.max_clients else None


class Figures(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Rates are per second, over the period."""

    role: str = "web"
    processes: int = 1
    memory: int = 0  # bytes, resident, of all processes
    requests: float = 0.0
    errors: float = 0.0  # answers of the 500s
    p50_ms: float | None = None
    p95_ms: float | None = None
    cache: dict[str, CacheFigures] = {}
    uses: dict[str, UseFigures] = {}
    servers: dict[str, ServerFigures] = {}
    silent: list[str] = []  # addresses of Redis, none of whose servers has answered for two looks
    waiting_jobs: int = 0
    running_jobs: int = 0
    failed_jobs: int = 0
    due_seconds: float = 0.0  # how long the oldest due job waits
    database_connections: int = 0

    @property
    def cache_hits(self) -> int:
        return sum(each.hits for each in self.cache.values())

    @property
    def cache_misses(self) -> int:
        return sum(each.misses for each in self.cache.values())

    @property
    def redis_calls(self) -> float:
        return sum(each.calls for each in self.uses.values())

    @property
    def redis_memory(self) -> float | None:
        """The fullest server's share of its memory."""
        shares = [share for each in self.servers.values() if (share := each.memory_share) is not None]
        return max(shares, default=None)


@dataclass(frozen=True, slots=True)
class Told:
    """A summary as a node wrote it."""

    node: str
    at: datetime
    figures: Figures


def as_json(figures: Figures) -> dict[str, Any]:
    """What differs from the defaults: most figures of a small installation are 0."""
    told: dict[str, Any] = msgspec.to_builtins(figures)
    return told


def from_json(told: object) -> Figures:
    """Also of a summary that an older or newer version wrote; what cannot be read counts as nothing."""
    try:
        return msgspec.convert(told, Figures, strict=False)
    except msgspec.ValidationError:
        return Figures()
