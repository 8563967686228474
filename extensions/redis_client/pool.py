"""Connections with deadlines in a bounded pool that forgets them when they are idle for long or old."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redis import Redis
from redis.backoff import NoBackoff
from redis.connection import (
    AbstractConnection,
    BlockingConnectionPool,
    Connection,
    SSLConnection,
    UnixDomainSocketConnection,
)
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import MaxConnectionsError
from redis.retry import Retry

from extensions.redis_client.address import Address, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """How long anything may take, in seconds."""

    connect: float = 0.25
    read: float = 0.05
    pool_wait: float = 0.05
    idle: float = 600.0
    age: float = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tls:
    """How the server's certificate is checked: by the machine's authorities or by a file with one's own."""

    verify: bool = True
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True)
class PoolFigures:
    """What the pools of one address hold now, and what they did since the start."""

    size: int
    open: int
    in_use: int
    made: int
    exhausted: int


class _Aging(AbstractConnection):
    """A connection that is made anew when it was idle for too long or has become old."""

    limits: Deadlines
    _born = 0.0
    _used = 0.0

    def connect(self) -> None:
        now = time.monotonic()
        if self.is_connected and (now - self._born > self.limits.age or now - self._used > self.limits.idle):
            self.disconnect()
        if not self.is_connected:
            self._born = now
        self._used = now
        super().connect()


class TicketedConnection(SSLConnection):
    """TLS 1.3 servers send tickets behind the handshake: redis-py would take them for a forgotten answer, and give the
    connection up."""

    def can_read(self, timeout: float = 0) -> bool:
        if not super().can_read(timeout):
            return False
        self._parser.read_from_socket(timeout=0, raise_on_timeout=False)
        return super().can_read(0)


class BoundedPool(BlockingConnectionPool):
    """Waits for a free connection for a bounded time, and counts."""

    def __init__(
        self, *, size: int, limits: Deadlines, connection_class: type[AbstractConnection], **options: Any
    ) -> None:
        # The kind of connection carries the limits, since the pool makes it from plain keyword arguments.
        aging = type("AgingConnection", (_Aging, connection_class), {"limits": limits})
        self.made = 0
        self.exhausted = 0
        self._counting = threading.Lock()
        super().__init__(max_connections=size, timeout=limits.pool_wait, connection_class=aging, **options)

    def make_connection(self) -> Any:
        with self._counting:
            self.made += 1
        return super().make_connection()

    def get_connection(self, *_command: Any, **_options: Any) -> Any:
        try:
            return super().get_connection()
        except NoConnection as error:
            if str(error) != "No connection available.":
                raise
            with self._counting:
                self.exhausted += 1
            raise MaxConnectionsError("all connections of the pool are in use") from error

    def figures(self) -> PoolFigures:
        free = [connection for connection in list(self.pool.queue) if connection is not None]
        made = list(self._connections)
        is_open = sum(1 for connection in made if connection.is_connected)
        return PoolFigures(self.max_connections, is_open, len(made) - len(free), self.made, self.exhausted)


def make_client(address: Address, place: tuple[str, int] | None, *, limits: Deadlines, size: int, tls: Tls) -> "Redis":
    """A client of one server with its own pool. It never retries: a retry would count twice and wait twice."""
    options: dict[str, Any] = {
        "db": address.database,
        "username": address.username or None,
        "password": address.password or None,
        "socket_timeout": limits.read,
        "socket_connect_timeout": limits.connect,
        "retry": Retry(NoBackoff(), 0),
        "protocol": 2,
        # It would be one more round trip of every new connection.
        "driver_info": None,
        "health_check_interval": 0,
        **_transport(address, place, tls),
    }
    kind = options.pop("connection_class")
    return Redis(connection_pool=BoundedPool(size=size, limits=limits, connection_class=kind, **options))


def _transport(address: Address, place: tuple[str, int] | None, tls: Tls) -> Mapping[str, Any]:
    if address.kind is Kind.UNIX:
        return {"connection_class": UnixDomainSocketConnection, "path": address.path}
    host, port = place or address.hosts[0]
    if not address.tls:
        return {"connection_class": Connection, "host": host, "port": port, "socket_keepalive": True}
    return {
        "connection_class": TicketedConnection,
        "host": host,
        "port": port,
        "socket_keepalive": True,
        **tls_options(tls),
    }


def tls_options(tls: Tls) -> dict[str, Any]:
    return {
        "ssl_cert_reqs": "required" if tls.verify else "none",
        "ssl_check_hostname": tls.verify,
        "ssl_ca_certs": str(tls.ca_file) if tls.ca_file else None,
    }
