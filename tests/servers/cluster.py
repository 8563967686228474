"""A Redis Cluster of three primaries with a replica each, which elects another primary in one to three seconds."""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from redis.exceptions import RedisError

from tests.servers.programs import free_port, program, until
from tests.servers.redis import (
    OPERATOR,
    OPERATOR_PASSWORD,
    RedisServer,
    replication,
    running,
    scratch_folder,
)

NODE_TIMEOUT_MS = 1_000
PRIMARIES = 3
READY_SECONDS = 30.0
FAILOVER_SECONDS = 20.0


class Cluster:
    """``servers`` are all six; who is a primary changes."""

    def __init__(self, servers: Sequence[RedisServer]) -> None:
        self.servers = servers

    @property
    def url(self) -> str:
        return "redis+cluster://" + ",".join(f"{server.host}:{server.port}" for server in self.servers)

    def primaries(self) -> list[RedisServer]:
        """Those that are alive and hold slots."""
        nodes = self._nodes()
        ports = {int(fields[1].partition("@")[0].rpartition(":")[2]) for fields in nodes if _is_primary(fields)}
        return [server for server in self.servers if server.port in ports]

    def primary_of(self, key: str) -> RedisServer:
        """Who holds this key."""
        for server in self.servers:
            try:
                slot = int(server.ask("CLUSTER", "KEYSLOT", key))
                ranges = server.ask("CLUSTER", "SLOTS")
            except RedisError:
                continue
            port = next(int(primary[1]) for first, last, primary, *_ in ranges if first <= slot <= last)
            return next(one for one in self.servers if one.port == port)
        raise RuntimeError("no node answers")

    def kill_primary(self, key: str = "") -> RedisServer:
        """Kill the one that holds this key; answers it."""
        server = self.primary_of(key)
        server.kill()
        return server

    def freeze_primary(self, key: str = "") -> RedisServer:
        server = self.primary_of(key)
        server.freeze()
        return server

    def await_failover(self, before: RedisServer) -> float:
        """Wait until the living agree that all slots are served without that one; answers the seconds."""
        return until(lambda: self._is_whole(besides=before), FAILOVER_SECONDS, "a cluster without the one that is away")

    def revive(self) -> None:
        """Everything runs again, each primary with its replica."""
        for server in self.servers:
            server.start()
        self.await_health()

    def await_health(self) -> None:
        until(self._is_healthy, READY_SECONDS, "a whole cluster")

    def _is_healthy(self) -> bool:
        facts = [replication(server) for server in self.servers]
        following = sum(one.get("master_link_status") == "up" for one in facts)
        return self._is_whole() and following == len(self.servers) - PRIMARIES

    def _is_whole(self, besides: RedisServer | None = None) -> bool:
        """Whether all but that one see a cluster that serves every slot."""
        living = [server for server in self.servers if server is not besides]
        try:
            states = [str(server.ask("CLUSTER", "INFO")) for server in living]
        except RedisError:
            return False
        primaries = self.primaries()
        all_see_it = all("cluster_state:ok" in state for state in states)
        return all_see_it and len(primaries) == PRIMARIES and besides not in primaries

    def _nodes(self) -> list[list[str]]:
        """The lines of CLUSTER NODES of the first that answers, in fields: id, address, flags and more."""
        for server in self.servers:
            if not server.is_running:
                continue
            try:
                text = str(server.ask("CLUSTER", "NODES"))
            except RedisError:
                continue
            return [line.split() for line in text.splitlines() if line]
        raise RuntimeError("no node answers")


def _is_primary(fields: Sequence[str]) -> bool:
    flags = fields[2].split(",")
    return "master" in flags and not {"fail", "fail?", "noaddr"} & set(flags) and len(fields) > 8


@contextmanager
def cluster() -> Iterator[Cluster]:
    with scratch_folder("cluster") as folder:
        servers = [RedisServer(folder, lines=_lines()) for _ in range(2 * PRIMARIES)]
        with running(servers):
            made = Cluster(servers)
            _create(servers)
            made.await_health()
            yield made


def _lines() -> list[str]:
    return [
        "cluster-enabled yes",
        f"cluster-port {free_port()}",
        f"cluster-node-timeout {NODE_TIMEOUT_MS}",
        "cluster-replica-validity-factor 0",
    ]


def _create(servers: Sequence[RedisServer]) -> None:
    addresses = [f"{server.host}:{server.port}" for server in servers]
    login = ["--user", OPERATOR, "--pass", OPERATOR_PASSWORD, "--no-auth-warning"]
    command = [program("redis-cli", "redis-tools"), *login, "--cluster", "create", *addresses]
    done = subprocess.run(
        [*command, "--cluster-replicas", "1", "--cluster-yes"],
        capture_output=True, text=True, timeout=READY_SECONDS, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"the cluster could not be made:\n{done.stdout}{done.stderr}")
