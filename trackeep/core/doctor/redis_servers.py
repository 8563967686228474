"""Judges what a Redis tells of itself: pure questions about one report at a time."""

from collections.abc import Iterator, Mapping
from typing import Any

from extensions.redis_client import ClusterReport, Inspection, SentinelReport, ServerReport
from trackeep.core.doctor.findings import Level

OLDEST = (6, 2)
CLOCKS_APART, CLOCKS_FAR_APART = 0.1, 0.4
LATE_REPLICA = 1
FEWEST_SENTINELS = 3
SLOTS = 16_384
LONGEST_LIST = 100
Remark = tuple[Level, str]

_POLICIES = {
    "noeviction": "when it is full, every write fails and Trackeep goes on without it",
    "allkeys-random": "it forgets what is in use as readily as what is not",
}
_VOLATILE = "it forgets only what has an end, the counts of limits before the rest, and may fill up"
_GOOD_POLICIES = ("allkeys-lru", "allkeys-lfu")


def remarks(inspection: Inspection, *, tls: bool) -> Iterator[Remark]:
    """Everything about one address that should be changed; ``tls`` tells whether it is reached that way."""
    for server in inspection.servers:
        for judge in (_version, _memory, _durability, _rights, _clock, _replication):
            for level, words in judge(server):
                yield level, f"{server.place}: {words}"
        if server.is_public and not tls:
            words = "it is reached over the internet without TLS. Use rediss://, or a private network."
            yield Level.PROBLEM, f"{server.place}: {words}"
    if inspection.sentinels:
        yield from _sentinels(inspection.sentinels, inspection.servers[0])
    if inspection.cluster:
        yield from _cluster(inspection.cluster)


def version(server: ServerReport) -> str:
    return str(server.info.get("redis_version", "of unknown version"))


def _version(server: ServerReport) -> Iterator[Remark]:
    numbers = version(server).split(".")
    if len(numbers) > 1 and all(part.isdigit() for part in numbers[:2]) and (int(numbers[0]), int(numbers[1])) < OLDEST:
        yield Level.PROBLEM, f"Redis {version(server)} is too old. Please use 6.2 or newer."


def _memory(server: ServerReport) -> Iterator[Remark]:
    if _number(server.info, "maxmemory") == 0:
        yield Level.WARNING, "maxmemory is not set, so it takes memory until there is none. Set `maxmemory 256mb`."
    policy = str(server.info.get("maxmemory_policy", ""))
    if policy and policy not in _GOOD_POLICIES:
        why = _POLICIES.get(policy, _VOLATILE)
        yield Level.WARNING, f"maxmemory-policy is {policy}: {why}. Set `maxmemory-policy allkeys-lru`."


def _durability(server: ServerReport) -> Iterator[Remark]:
    if _number(server.info, "aof_enabled") == 0:
        words = "a restart forgets the counts of limits and everything cached"
        yield Level.WARNING, f"appendonly is off: {words}. Set `appendonly yes` and `appendfsync everysec`."
    elif server.info.get("aof_last_write_status") == "err":
        yield Level.PROBLEM, "it cannot write its append-only file. Look at its disk and its log."


def _rights(server: ServerReport) -> Iterator[Remark]:
    if server.user == "default":
        words = "Trackeep signs in as `default`, for whom there is no limit. Give it a user of its own"
        yield Level.WARNING, f"{words} (config/redis/users.acl.template) and set REDIS_USERNAME."
    elif server.may_configure:
        words = f"the user {server.user or 'of REDIS_USERNAME'} may do more than Trackeep needs (CONFIG GET, for one)"
        yield Level.WARNING, f"{words}. config/redis/users.acl.template lists what it needs."


def _clock(server: ServerReport) -> Iterator[Remark]:
    apart = abs(server.ahead)
    if apart <= CLOCKS_APART:
        return
    side = "ahead of" if server.ahead > 0 else "behind"
    level = Level.PROBLEM if apart > CLOCKS_FAR_APART else Level.WARNING
    yield level, f"its clock is {apart * 1000:.0f} ms {side} this machine's. Let NTP set both."


def _replication(server: ServerReport) -> Iterator[Remark]:
    info = server.info
    if info.get("role") == "slave":
        words = "it is a replica and takes no writes. Name the primary, or the Sentinels with redis+sentinel://"
        yield Level.PROBLEM, f"{words}."
        return
    for number in range(min(_number(info, "connected_slaves"), LONGEST_LIST)):
        replica = info.get(f"slave{number}", {})
        place = f"{replica.get('ip')}:{replica.get('port')}"
        if replica.get("state") != "online":
            yield Level.WARNING, f"its replica {place} is not in step yet ({replica.get('state')}). Look at its log."
        elif (lag := _number(replica, "lag")) > LATE_REPLICA:
            yield Level.WARNING, f"its replica {place} is {lag} s behind. Look at the network and its load."
    if info.get("min_slaves_good_slaves") == 0:
        yield Level.PROBLEM, "no replica is in step, so min-replicas-to-write refuses all writes. Start its replicas."


def _sentinels(report: SentinelReport, primary: ServerReport) -> Iterator[Remark]:
    majority = report.known // 2 + 1
    if report.known < FEWEST_SENTINELS:
        yield Level.WARNING, f"{report.known} Sentinels cannot outvote one that errs. Run three, on three machines."
    if report.quorum < majority:
        words = f"the quorum is {report.quorum} of {report.known}: a minority may declare the primary dead"
        yield Level.WARNING, f"{words}. Set it to {majority} in `sentinel monitor`."
    if report.quorum > report.known:
        yield Level.PROBLEM, f"the quorum is {report.quorum}, but there are {report.known} Sentinels: no failover."
    if report.silent:
        yield Level.WARNING, f"no answer from the Sentinel at {', '.join(report.silent)}. Start it, or change the URL."
    if not report.replicas:
        yield Level.WARNING, "the Sentinels know no replica, so there is nothing to fail over to. Start two."
    if "min_slaves_good_slaves" not in primary.info:
        words = "min-replicas-to-write is not set: a primary that is cut off goes on counting limits on its own"
        yield Level.WARNING, f"{words}. Set `min-replicas-to-write 1` and `min-replicas-max-lag 10` on all servers."


def _cluster(report: ClusterReport) -> Iterator[Remark]:
    if report.state != "ok" or report.covered < SLOTS:
        words = f"the Cluster's state is {report.state}, {report.covered} of {SLOTS} slots are served"
        yield Level.PROBLEM, f"{words}. `redis-cli --cluster check` tells what is missing."
    if report.nodes < 2 * report.primaries:
        words = f"{report.primaries} primaries have {report.nodes - report.primaries} replicas"
        yield Level.WARNING, f"{words}: one that is lost takes its keys along. Give each a replica."


def _number(values: Mapping[str, Any], name: str) -> int:
    value = values.get(name, 0)
    return value if isinstance(value, int) else 0
