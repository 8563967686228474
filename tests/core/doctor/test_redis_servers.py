"""Each thing that a Redis tells of itself and that should be otherwise gets a remark with what to change."""

from dataclasses import replace
from typing import Any

import pytest

from extensions.redis_client import ClusterReport, Inspection, SentinelReport, ServerReport
from trackeep.core.doctor import Level
from trackeep.core.doctor.redis_servers import remarks

REPLICA = {"ip": "redis-2", "port": 6379, "state": "online", "lag": 0}
INFO: dict[str, Any] = {
    "redis_version": "7.0.15",
    "maxmemory": 256 * 1024**2,
    "maxmemory_policy": "allkeys-lru",
    "aof_enabled": 1,
    "aof_last_write_status": "ok",
    "role": "master",
    "connected_slaves": 1,
    "slave0": REPLICA,
    "min_slaves_good_slaves": 1,
}
SERVER = ServerReport(place="redis:6379", info=INFO, user="trackeep", may_configure=False, ahead=0.02, is_public=False)
SENTINELS = SentinelReport(known=3, quorum=2, replicas=2, silent=())
CLUSTER = ClusterReport(state="ok", covered=16_384, nodes=6, primaries=3)


def told(server: ServerReport = SERVER, *, tls: bool = False, **parts: Any) -> list[tuple[Level, str]]:
    return list(remarks(Inspection(servers=[server], **parts), tls=tls))


def test_what_is_well_is_not_remarked() -> None:
    assert told(sentinels=SENTINELS) == []
    assert told(cluster=CLUSTER) == []
    assert told(replace(SERVER, is_public=True), tls=True) == []


@pytest.mark.parametrize(
    ("info", "level", "words"),
    [
        ({"redis_version": "6.0.16"}, Level.PROBLEM, "6.2 or newer"),
        ({"maxmemory": 0}, Level.WARNING, "Set `maxmemory 256mb`"),
        ({"maxmemory_policy": "noeviction"}, Level.WARNING, "every write fails"),
        ({"maxmemory_policy": "volatile-lru"}, Level.WARNING, "counts of limits before the rest"),
        ({"maxmemory_policy": "allkeys-random"}, Level.WARNING, "Set `maxmemory-policy allkeys-lru`"),
        ({"aof_enabled": 0}, Level.WARNING, "Set `appendonly yes`"),
        ({"aof_last_write_status": "err"}, Level.PROBLEM, "its disk"),
        ({"role": "slave"}, Level.PROBLEM, "Name the primary"),
        ({"slave0": REPLICA | {"state": "wait_bgsave"}}, Level.WARNING, "redis-2:6379 is not in step yet"),
        ({"slave0": REPLICA | {"lag": 7}}, Level.WARNING, "redis-2:6379 is 7 s behind"),
        ({"min_slaves_good_slaves": 0}, Level.PROBLEM, "min-replicas-to-write refuses all writes"),
    ],
)
def test_what_info_tells(info: dict[str, Any], level: Level, words: str) -> None:
    ((found, said),) = told(replace(SERVER, info=INFO | info))
    assert found is level
    assert words in said
    assert said.startswith("redis:6379: ")


@pytest.mark.parametrize(
    ("changes", "level", "words"),
    [
        ({"user": "default", "may_configure": True}, Level.WARNING, "set REDIS_USERNAME"),
        ({"may_configure": True}, Level.WARNING, "trackeep may do more"),
        ({"ahead": 0.15}, Level.WARNING, "150 ms ahead of"),
        ({"ahead": -0.5}, Level.PROBLEM, "500 ms behind"),
        ({"is_public": True}, Level.PROBLEM, "without TLS"),
    ],
)
def test_what_else_is_seen_of_a_server(changes: dict[str, Any], level: Level, words: str) -> None:
    ((found, said),) = told(replace(SERVER, **changes))
    assert found is level
    assert words in said


@pytest.mark.parametrize(
    ("changes", "level", "words"),
    [
        ({"known": 2, "quorum": 2}, Level.WARNING, "Run three"),
        ({"quorum": 1}, Level.WARNING, "Set it to 2"),
        ({"quorum": 4}, Level.PROBLEM, "no failover"),
        ({"silent": ("sentinel-3:26379",)}, Level.WARNING, "sentinel-3:26379"),
        ({"replicas": 0}, Level.WARNING, "nothing to fail over to"),
    ],
)
def test_what_sentinels_tell(changes: dict[str, Any], level: Level, words: str) -> None:
    ((found, said),) = told(sentinels=replace(SENTINELS, **changes))
    assert found is level
    assert words in said


def test_a_group_whose_primary_writes_alone() -> None:
    info = {name: value for name, value in INFO.items() if name != "min_slaves_good_slaves"}
    ((_, said),) = told(replace(SERVER, info=info), sentinels=SENTINELS)
    assert "min-replicas-to-write 1" in said


@pytest.mark.parametrize(
    ("changes", "level", "words"),
    [
        ({"state": "fail"}, Level.PROBLEM, "--cluster check"),
        ({"covered": 10_923}, Level.PROBLEM, "10923 of 16384"),
        ({"nodes": 4}, Level.WARNING, "Give each a replica"),
    ],
)
def test_what_a_cluster_tells(changes: dict[str, Any], level: Level, words: str) -> None:
    ((found, said),) = told(cluster=replace(CLUSTER, **changes))
    assert found is level
    assert words in said
