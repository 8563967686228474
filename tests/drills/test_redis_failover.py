"""The primary of a Sentinel group or of a Cluster is lost: no request fails, nobody is signed out, nothing outdated is
shown, and Redis is used again soon after there is another primary."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.drills.length import LENGTH
from tests.drills.load import Load, Report
from tests.drills.numbers import check, numbers
from tests.drills.site import Furnished, Site, log, site
from tests.servers import Cluster, RedisServer, SentinelGroup, cluster, sentinel_group
from tests.servers.programs import pause

RATE = 50.0
# Since the loss; of these the servers themselves need one to three until another of them is the primary.
BACK_SECONDS = 4.0
SETTLE_SECONDS = 10.0
# A key whose server is the one to lose: it holds the limits of somebody.
KEY = "tk:rl:api:{user:1}"

Group = SentinelGroup | Cluster


@pytest.fixture(scope="module")
def group() -> Iterator[SentinelGroup]:
    with sentinel_group() as made:
        yield made


@pytest.fixture(scope="module")
def on_sentinel(furnished: Furnished, group: SentinelGroup, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site(furnished, tmp_path_factory.mktemp("sentinel"), group.url) as made:
        yield made


def lose(place: Site, group: Group, harm: Callable[[], RedisServer]) -> None:
    with numbers(place) as written, Load(place.ports, place.crowd.make, RATE) as load:
        pause(LENGTH.seconds)
        lines = place.lines()
        lost_at = time.monotonic()
        former = harm()
        failed_over = group.await_failover(former)
        place.await_redis(lines, BACK_SECONDS)
        back = time.monotonic() - lost_at
        place.await_counting(SETTLE_SECONDS)
        load.settle(SETTLE_SECONDS)
    report = Report.of(load.answers)
    log.info(
        "p99 %.0f ms, failover %.2f s, back in %.2f s, oldest number %.2f s",
        report.p99, failed_over, back, written[1].oldest,
    )  # fmt: skip
    assert report.failed == 0, report
    check(written)
    assert back <= BACK_SECONDS
    assert place.surprises() == []


def test_the_primary_is_killed(on_sentinel: Site, group: SentinelGroup) -> None:
    lose(on_sentinel, group, group.kill_primary)
    group.revive()


def test_the_primary_freezes_and_comes_back_as_if_nothing_was(on_sentinel: Site, group: SentinelGroup) -> None:
    lose(on_sentinel, group, group.freeze_primary)
    with numbers(on_sentinel) as written:
        group.revive()
        pause(LENGTH.seconds)
    check(written)


def test_the_primary_is_changed_by_hand(on_sentinel: Site, group: SentinelGroup) -> None:
    lose(on_sentinel, group, group.failover_by_hand)


def test_a_primary_of_a_cluster_is_killed(furnished: Furnished, tmp_path: Path) -> None:
    with cluster() as whole, site(furnished, tmp_path, whole.url) as place:
        lose(place, whole, lambda: whole.kill_primary(KEY))
