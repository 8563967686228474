"""A primary with two replicas, watched by three sentinels that decide in about a second."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from redis.exceptions import RedisError

from tests.servers.programs import until
from tests.servers.redis import RedisServer, replication, running, scratch_folder

NAME = "trackeep"
DOWN_AFTER_MS = 1_000
FAILOVER_TIMEOUT_MS = 3_000
# How often sentinels talk to servers and to each other: slowly by themselves, and fast while all is brought back.
PERIODS_MS = {"INFO-PERIOD": 10_000, "PUBLISH-PERIOD": 2_000}
HURRIED_MS = 200
READY_SECONDS = 30.0
FAILOVER_SECONDS = 20.0


class SentinelGroup:
    """``servers`` hold the data; which of them is the primary, the sentinels know."""

    def __init__(self, servers: Sequence[RedisServer], sentinels: Sequence[RedisServer]) -> None:
        self.servers, self.sentinels = servers, sentinels

    @property
    def url(self) -> str:
        hosts = ",".join(f"{sentinel.host}:{sentinel.port}" for sentinel in self.sentinels)
        return f"redis+sentinel://{hosts}/{NAME}/0"

    def primary(self) -> RedisServer:
        """As the first sentinel that answers says."""
        for sentinel in self.sentinels:
            try:
                _host, port = sentinel.ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME)
            except RedisError:
                continue
            return next(server for server in self.servers if server.port == int(port))
        raise RuntimeError("no sentinel answers")

    def kill_primary(self) -> RedisServer:
        """The one that was killed."""
        server = self.primary()
        server.kill()
        return server

    def freeze_primary(self) -> RedisServer:
        server = self.primary()
        server.freeze()
        return server

    def failover_by_hand(self) -> RedisServer:
        """Let the sentinels change the primary while nothing is wrong; the one that was it."""
        server = self.primary()
        self.sentinels[0].ask("SENTINEL", "FAILOVER", NAME)
        return server

    def await_failover(self, before: RedisServer) -> float:
        """Wait until another one is the primary; answers the seconds."""

        def has_another() -> bool:
            primary = self.primary()
            return primary is not before and replication(primary)["role"] == "master"

        return until(has_another, FAILOVER_SECONDS, "another primary")

    def revive(self) -> None:
        """Everything runs again, and all agree on one primary with two replicas."""
        for server in (*self.servers, *self.sentinels):
            server.start()
        self._set_periods(dict.fromkeys(PERIODS_MS, HURRIED_MS))
        self.await_agreement()
        self._set_periods(PERIODS_MS)

    def await_agreement(self) -> None:
        until(self._agrees, READY_SECONDS, "sentinels that agree, and two replicas of the primary")

    def _set_periods(self, periods: Mapping[str, int]) -> None:
        for sentinel in self.sentinels:
            for name, milliseconds in periods.items():
                sentinel.ask("SENTINEL", "DEBUG", name, milliseconds)

    def _agrees(self) -> bool:
        primaries, whole = set(), True
        for sentinel in self.sentinels:
            known = sentinel.ask("SENTINEL", "MASTER", NAME)
            facts = known if isinstance(known, dict) else dict(zip(known[::2], known[1::2], strict=True))
            primaries.add(int(facts["port"]))
            others, replicas = int(facts["num-other-sentinels"]), int(facts["num-slaves"])
            whole &= others == 2 and replicas == 2 and set(_words(facts["flags"])) == {"master"}
        primary = next(server for server in self.servers if server.port in primaries)
        return whole and len(primaries) == 1 and _connected_replicas(primary) == 2


def _words(flags: object) -> list[str]:
    return [str(flag) for flag in flags] if isinstance(flags, list | set) else str(flags).split(",")


def _connected_replicas(server: RedisServer) -> int:
    facts = replication(server)
    replicas = [facts.get(f"slave{number}", {}) for number in range(2)]
    return sum(replica.get("state") == "online" for replica in replicas) if facts["role"] == "master" else 0


@contextmanager
def sentinel_group() -> Iterator[SentinelGroup]:
    with scratch_folder("sentinel") as folder:
        primary = RedisServer(folder)
        replicas = [RedisServer(folder, lines=[f"replicaof {primary.host} {primary.port}"]) for _ in range(2)]
        watching = [
            f"sentinel monitor {NAME} {primary.host} {primary.port} 2",
            f"sentinel down-after-milliseconds {NAME} {DOWN_AFTER_MS}",
            f"sentinel failover-timeout {NAME} {FAILOVER_TIMEOUT_MS}",
            f"sentinel parallel-syncs {NAME} 2",
        ]
        sentinels = [RedisServer(folder, lines=watching, mode="--sentinel") for _ in range(3)]
        group = SentinelGroup([primary, *replicas], sentinels)
        with running([*group.servers, *group.sentinels]):
            group.await_agreement()
            yield group
