"""What servers, Sentinels and Clusters tell about themselves, for who examines a deployment."""

import ipaddress
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from redis import Redis
from redis.exceptions import ResponseError

from extensions.redis_client.address import Kind
from extensions.redis_client.errors import UNREACHABLE
from extensions.redis_client.link import Link
from extensions.redis_client.server_state import place_of
from extensions.redis_client.topology import SentinelGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerReport:
    """``info`` is what INFO tells, ``user`` who we are there ("" when that is not told), ``ahead`` how many seconds its
    clock is ahead of ours, ``is_public`` whether its address is one of the internet."""

    place: str
    info: Mapping[str, Any]
    user: str
    may_configure: bool
    ahead: float
    is_public: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SentinelReport:
    """``known`` Sentinels watch the service; ``silent`` are those of the address that do not answer us."""

    known: int
    quorum: int
    replicas: int
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterReport:
    state: str
    covered: int
    nodes: int
    primaries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    servers: list[ServerReport]
    sentinels: SentinelReport | None = None
    cluster: ClusterReport | None = None


def inspect(link: Link) -> Inspection:
    """Ask all that can be asked; raises redis-py's errors when a server does not answer within its deadline."""
    clients = [client for client, _key in link.topology.primaries()]
    group = link.topology if isinstance(link.topology, SentinelGroup) else None
    return Inspection(
        servers=[_server(client) for client in clients],
        sentinels=_sentinels(group) if group else None,
        cluster=_cluster(clients[0], len(clients)) if link.address.kind is Kind.CLUSTER else None,
    )


def _server(client: "Redis") -> ServerReport:
    host = client.connection_pool.connection_kwargs.get("host")
    return ServerReport(
        place=place_of(client),
        info=client.info(),
        user=_user(client),
        may_configure=_may_configure(client),
        ahead=_ahead(client),
        is_public=bool(host) and _is_public(str(host)),
    )


def _user(client: "Redis") -> str:
    with suppress(ResponseError):
        told = client.execute_command("ACL", "WHOAMI")
        return told.decode() if isinstance(told, bytes) else str(told)
    return ""


def _may_configure(client: "Redis") -> bool:
    with suppress(ResponseError):
        client.config_get("maxmemory")
        return True
    return False


def _ahead(client: "Redis") -> float:
    before = time.time()
    seconds, microseconds = client.time()
    after = time.time()
    return float(seconds) + float(microseconds) / 1e6 - (before + after) / 2


def _is_public(host: str) -> bool:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return False
    return any(ipaddress.ip_address(str(place[0]).partition("%")[0]).is_global for *_, place in found)


def _sentinels(group: SentinelGroup) -> SentinelReport | None:
    state = group.state()
    if state is None:
        return None
    silent = tuple(f"{host}:{port}" for host, port in group.silent_sentinels())
    return SentinelReport(
        known=1 + int(state["num-other-sentinels"]),
        quorum=int(state["quorum"]),
        replicas=int(state["num-slaves"]),
        silent=silent,
    )


def _cluster(client: "Redis", primaries: int) -> ClusterReport | None:
    with suppress(*UNREACHABLE):
        told = client.execute_command("CLUSTER INFO")
        return ClusterReport(
            state=str(told["cluster_state"]),
            covered=int(told["cluster_slots_ok"]),
            nodes=int(told["cluster_known_nodes"]),
            primaries=primaries,
        )
    return None
