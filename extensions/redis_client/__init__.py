"""The only place that builds a Redis client: logical names that each lead to a single server, a Sentinel group or a
Cluster, with deadlines, bounded pools and a breaker."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from extensions.redis_client.address import SCHEMES, Address, Kind, parse_address
from extensions.redis_client.errors import UNREACHABLE, RedisAway, kind_of
from extensions.redis_client.inspection import ClusterReport, Inspection, SentinelReport, ServerReport, inspect
from extensions.redis_client.link import Link, RedisClient
from extensions.redis_client.pool import Deadlines, PoolFigures, Tls
from extensions.redis_client.server_state import ServerState
from extensions.redis_client.trouble import Cause, Trouble, begin_link, cause_of, trouble_of

__all__ = [
    "SCHEMES",
    "UNREACHABLE",
    "Address",
    "Cause",
    "ClusterReport",
    "Deadlines",
    "Inspection",
    "Kind",
    "Link",
    "PoolFigures",
    "RedisAway",
    "RedisClient",
    "RedisClients",
    "RedisOptions",
    "SentinelReport",
    "ServerReport",
    "ServerState",
    "Tls",
    "Trouble",
    "begin_link",
    "cause_of",
    "inspect",
    "kind_of",
    "parse_address",
    "trouble_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RedisOptions:
    """Addresses by logical name (a name without one is not used), and what holds for all of them."""

    addresses: Mapping[str, Address]
    pool_size: int = 20
    deadlines: Deadlines = field(default_factory=Deadlines)
    tls: Tls = field(default_factory=Tls)


class RedisClients:
    """The clients of a process. Names with the same address share its pool and its probe."""

    def __init__(self, options: RedisOptions) -> None:
        links: dict[Address, Link] = {}
        self._clients: dict[str, RedisClient] = {}
        for name, address in options.addresses.items():
            if address not in links:
                links[address] = Link(address, options.deadlines, options.pool_size, options.tls)
            self._clients[name] = RedisClient(name, links[address])
        self.links = list(links.values())

    def get(self, name: str) -> RedisClient | None:
        """None when this use of Redis is switched off."""
        return self._clients.get(name)

    def all(self) -> list[RedisClient]:
        return list(self._clients.values())

    def begin(self) -> list[Trouble]:
        """Connect to all. What cannot be used is told, is looked after in the background and stops nothing."""
        return [trouble for link in self.links if (trouble := begin_link(link)) is not None]

    def close(self) -> None:
        for link in self.links:
            link.close()
