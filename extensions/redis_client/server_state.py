"""How a Redis server says that it is doing: read from INFO and SLOWLOG, taking nothing for granted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from redis import Redis

from extensions.redis_client.errors import UNREACHABLE

SLOW_ENTRIES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerState:
    """Memory in bytes; a bound of 0 means that there is none. ``evicted_keys`` counts since the server's start.
    ``lag_seconds`` is that of the replica that is furthest behind, None without one. ``slow`` has the number and the
    seconds of the newest slow commands, None when the server does not tell us."""

    role: str = ""
    version: str = ""
    used_memory: int = 0
    max_memory: int = 0
    evicted_keys: int = 0
    clients: int = 0
    max_clients: int = 0
    lag_seconds: float | None = None
    slow: tuple[tuple[int, float], ...] | None = ()


def ask_server(client: "Redis") -> ServerState:
    """Two round trips; raises redis-py's errors when the first is not answered."""
    return read_state(client.info(), _slow_commands(client))


def read_state(told: Mapping[str, Any], slow: tuple[tuple[int, float], ...] | None) -> ServerState:
    return ServerState(
        role=str(told.get("role", "")),
        version=str(told.get("redis_version", "")),
        used_memory=_whole(told.get("used_memory")),
        max_memory=_whole(told.get("maxmemory")),
        evicted_keys=_whole(told.get("evicted_keys")),
        clients=_whole(told.get("connected_clients")),
        max_clients=_whole(told.get("maxclients")),
        lag_seconds=_lag(told),
        slow=slow,
    )


def place_of(client: "Redis") -> str:
    """Where the server is, as ``host:port`` or the path of its socket."""
    options = client.connection_pool.connection_kwargs
    return str(options.get("path") or f"{options.get('host', '')}:{options.get('port', '')}")


def _lag(told: Mapping[str, Any]) -> float | None:
    """A primary knows when each replica last answered; a replica, when it last heard of its primary."""
    if told.get("role") == "slave":
        return float(_whole(told.get("master_last_io_seconds_ago")))
    replicas = (told.get(f"slave{number}") for number in range(_whole(told.get("connected_slaves"))))
    lags = [_whole(replica.get("lag")) for replica in replicas if isinstance(replica, Mapping)]
    return float(max(lags)) if lags else None


def _slow_commands(client: "Redis") -> tuple[tuple[int, float], ...] | None:
    try:
        entries = client.slowlog_get(SLOW_ENTRIES)
    except UNREACHABLE:
        # A user who may not ask this may still ask the rest.
        return None
    return tuple((_whole(each.get("id")), _whole(each.get("duration")) / 1e6) for each in entries)


def _whole(value: object) -> int:
    try:
        return int(value)  # type: ignore[call-overload,no-any-return]  # whatever it is: that is the question
    except (TypeError, ValueError):
        return 0
