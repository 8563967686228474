"""Redis is killed or frozen under load: nobody notices, and every worker is back on it soon after it is."""

from collections.abc import Callable, Iterator

import pytest

from tests.drills.length import LENGTH
from tests.drills.load import Load, Report
from tests.drills.site import Furnished, Site, log, site
from tests.servers import RedisServer, redis_server
from tests.servers.programs import pause

KILLED_MS = 100.0
FROZEN_MS = 120.0
BACK_SECONDS = 2.0
SETTLE_SECONDS = 10.0
# A machine that is busy with something else at that moment measures that.
MEASUREMENTS = 3


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture(scope="module")
def place(furnished: Furnished, redis: RedisServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site(furnished, tmp_path_factory.mktemp("away"), redis.url, instances=1, workers=2) as made:
        yield made


def test_killed(place: Site, redis: RedisServer) -> None:
    assert any(is_unnoticed(place, redis.kill, redis.start, KILLED_MS) for _ in range(MEASUREMENTS))


def test_frozen(place: Site, redis: RedisServer) -> None:
    assert any(is_unnoticed(place, redis.freeze, redis.thaw, FROZEN_MS) for _ in range(MEASUREMENTS))


def is_unnoticed(place: Site, harm: Callable[[], None], heal: Callable[[], None], most: float) -> bool:
    """Nothing fails, ever. Answers whether 99 of 100 requests had their answer within ``most`` milliseconds, and what
    they take on this machine when all is well."""
    with Load(place.ports, place.crowd.make, LENGTH.rate) as load:
        pause(LENGTH.seconds)
        load.phase("healthy")
        pause(2 * LENGTH.seconds)
        load.phase("away")
        harm()
        pause(3 * LENGTH.seconds)
        lines = place.lines()
        load.phase("back")
        heal()
        back = place.await_redis(lines, BACK_SECONDS)
        place.await_counting(SETTLE_SECONDS)
        load.settle(SETTLE_SECONDS)
    assert Report.of(load.answers).failed == 0, Report.of(load.answers)
    assert place.surprises() == []
    healthy, away, after = (load.report(phase).p99 for phase in ("healthy", "away", "back"))
    log.info("p99 %.0f ms well, %.0f ms away, %.0f ms back; back in %.2f s", healthy, away, after, back)
    return max(away, after) <= most + healthy
