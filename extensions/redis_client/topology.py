"""Which server answers for a key: the only one, the primary that Sentinels name, or the Cluster's node of that slot.

Requests only ever look at what is known. Asking Sentinels or the Cluster is done at the start and in the background."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Protocol

from redis import Redis
from redis.backoff import NoBackoff
from redis.cluster import ClusterNode, RedisCluster
from redis.crc import key_slot
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import RedisError
from redis.retry import Retry
from redis.sentinel import Sentinel

from extensions import keys
from extensions.redis_client.address import Address, Kind
from extensions.redis_client.errors import UNREACHABLE
from extensions.redis_client.pool import BoundedPool, Deadlines, PoolFigures, Tls, make_client, tls_options

SLOW_DEADLINE = 0.25
SWITCHED = "+switch-master"
PROBE_KEYS = 1_000


class Topology(Protocol):
    """Where the keys are. ``client`` and ``by_node`` raise redis-py's ConnectionError while that is not known."""

    def client(self, key: str) -> "Redis": ...

    def by_node(self, keys: Iterable[str]) -> list[tuple["Redis", list[str]]]: ...

    def primaries(self) -> list[tuple["Redis", str]]:
        """Every server that takes writes, each with a key that it would keep."""

    def learn(self) -> None:
        """Ask where the servers are now; called from the background and at the start."""

    def close(self) -> None: ...


def pool_of(client: "Redis") -> BoundedPool:
    pool = client.connection_pool
    if not isinstance(pool, BoundedPool):
        raise TypeError("a client that was not made here")
    return pool


def added(figures: Sequence[PoolFigures]) -> PoolFigures:
    """The figures of several pools as one."""
    return PoolFigures(*(sum(values) for values in zip(*(_values(one) for one in figures), strict=True)))


def _values(one: PoolFigures) -> tuple[int, ...]:
    return one.size, one.open, one.in_use, one.made, one.exhausted


class SingleServer:
    """One server, or one socket."""

    def __init__(self, address: Address, limits: Deadlines, size: int, tls: Tls) -> None:
        self._client = make_client(address, None, limits=limits, size=size, tls=tls)

    def client(self, _key: str) -> "Redis":
        return self._client

    def by_node(self, keys: Iterable[str]) -> list[tuple["Redis", list[str]]]:
        return [(self._client, list(keys))]

    def primaries(self) -> list[tuple["Redis", str]]:
        return [(self._client, keys.probe(0))]

    def learn(self) -> None:
        """There is nothing to learn."""

    def close(self) -> None:
        self._client.connection_pool.disconnect()


class SentinelGroup:
    """The primary that Sentinels name. What is in flight to a former one fails and is counted."""

    def __init__(self, address: Address, limits: Deadlines, size: int, tls: Tls) -> None:
        self._address, self._limits, self._size, self._tls = address, limits, size, tls
        self._sentinel = Sentinel(address.hosts, sentinel_kwargs=_sentinel_options(address, tls))
        self._place: tuple[str, int] | None = None
        self._client: Redis | None = None

    def client(self, _key: str) -> "Redis":
        if self._client is None:
            raise NoConnection("no Sentinel has named a primary yet")
        return self._client

    def by_node(self, keys: Iterable[str]) -> list[tuple["Redis", list[str]]]:
        return [(self.client(""), list(keys))]

    def primaries(self) -> list[tuple["Redis", str]]:
        return [(self.client(""), keys.probe(0))]

    def learn(self) -> None:
        place = self._sentinel.discover_master(self._address.service)
        if place == self._place:
            return
        former = self._client
        self._client = make_client(self._address, place, limits=self._limits, size=self._size, tls=self._tls)
        self._place = place
        if former is not None:
            former.connection_pool.disconnect(inuse_connections=False)

    def state(self) -> Mapping[str, Any] | None:
        """What the first Sentinel that answers tells of the service."""
        for sentinel in self._sentinel.sentinels:
            with suppress(*UNREACHABLE):
                masters = dict(sentinel.sentinel_masters())  # type: ignore[arg-type]  # a list only on RESP3
                return masters.get(self._address.service)
        return None

    def silent_sentinels(self) -> dict[tuple[str, int], Exception]:
        """Which of the Sentinels give no answer, and why."""
        silent: dict[tuple[str, int], Exception] = {}
        for sentinel in self._sentinel.sentinels:
            options = sentinel.connection_pool.connection_kwargs
            try:
                sentinel.ping()
            except UNREACHABLE as error:
                silent[options["host"], options["port"]] = error
        return silent

    def wait_for_switch(self, seconds: float) -> None:
        """Until a Sentinel tells of a switch, at most so long; raises redis-py's errors when none can be asked."""
        subscription = self._sentinel.sentinels[0].pubsub(ignore_subscribe_messages=True)
        try:
            subscription.subscribe(SWITCHED)
            subscription.get_message(ignore_subscribe_messages=False, timeout=SLOW_DEADLINE)
            subscription.get_message(timeout=seconds)
        except RedisError:
            # The next turn asks the next Sentinel.
            self._sentinel.sentinels.append(self._sentinel.sentinels.pop(0))
            raise
        finally:
            subscription.close()

    def close(self) -> None:
        if self._client is not None:
            self._client.connection_pool.disconnect()


class Cluster:
    """The nodes of a Cluster. redis-py finds out which slots are where; it is not asked to send anything, as it would
    look for moved slots and dead nodes inside of a request."""

    def __init__(self, address: Address, limits: Deadlines, size: int, tls: Tls) -> None:
        self._address, self._limits, self._size, self._tls = address, limits, size, tls
        self._nodes: dict[tuple[str, int], Redis] = {}
        self._slots: Mapping[int, tuple[str, int]] = {}

    def client(self, key: str) -> "Redis":
        return self._node(self._place(key))

    def by_node(self, keys: Iterable[str]) -> list[tuple["Redis", list[str]]]:
        groups: dict[tuple[str, int], list[str]] = {}
        for key in keys:
            groups.setdefault(self._place(key), []).append(key)
        return [(self._node(place), group) for place, group in groups.items()]

    def primaries(self) -> list[tuple["Redis", str]]:
        found: dict[tuple[str, int], str] = {}
        for number in range(PROBE_KEYS):
            found.setdefault(self._place(keys.probe(number)), keys.probe(number))
            if len(found) == len(self._nodes):
                break
        return [(self._nodes[place], key) for place, key in found.items()]

    def learn(self) -> None:
        options = _slow_options(self._address, self._tls)
        nodes = [ClusterNode(host, port) for host, port in (*self._nodes, *self._address.hosts)]
        view = RedisCluster(startup_nodes=nodes, cluster_error_retry_attempts=0, require_full_coverage=True, **options)
        try:
            slots = {slot: (owners[0].host, owners[0].port) for slot, owners in view.nodes_manager.slots_cache.items()}
        finally:
            view.close()
        places = set(slots.values())
        former = self._nodes
        self._nodes = {place: former.get(place) or self._made(place) for place in places}
        self._slots = slots
        for place in former.keys() - places:
            former[place].connection_pool.disconnect(inuse_connections=False)

    def close(self) -> None:
        for client in self._nodes.values():
            client.connection_pool.disconnect()

    def _made(self, place: tuple[str, int]) -> "Redis":
        return make_client(self._address, place, limits=self._limits, size=self._size, tls=self._tls)

    def _node(self, place: tuple[str, int]) -> "Redis":
        node = self._nodes.get(place)
        if node is None:
            # The background is just learning that it has gone.
            raise NoConnection("this node is no longer part of the Cluster")
        return node

    def _place(self, key: str) -> tuple[str, int]:
        place = self._slots.get(key_slot(key.encode()))
        if place is None:
            raise NoConnection("the Cluster's slots are not known yet")
        return place


def make_topology(address: Address, limits: Deadlines, size: int, tls: Tls) -> Topology:
    if address.kind is Kind.SENTINEL:
        return SentinelGroup(address, limits, size, tls)
    if address.kind is Kind.CLUSTER:
        return Cluster(address, limits, size, tls)
    return SingleServer(address, limits, size, tls)


def _slow_options(address: Address, tls: Tls) -> dict[str, Any]:
    """For what is asked outside of requests."""
    return {
        "username": address.username or None,
        "password": address.password or None,
        "socket_timeout": SLOW_DEADLINE,
        "socket_connect_timeout": SLOW_DEADLINE,
        "retry": Retry(NoBackoff(), 0),
        **({"ssl": True, **tls_options(tls)} if address.tls else {}),
    }


def _sentinel_options(address: Address, tls: Tls) -> dict[str, Any]:
    options = _slow_options(address, tls)
    return options | {"username": address.sentinel_username or None, "password": address.sentinel_password or None}
