"""Each use of Redis can be switched off alone, and Redis may come later than the application: all is as it was."""

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.drills.doors import knocking
from tests.drills.numbers import check, numbers
from tests.drills.site import Furnished, Site, site
from tests.servers import RedisServer, redis_server
from tests.servers.programs import pause

BACK_SECONDS = 2.0
LIMIT_HEADER = "RateLimit-Remaining"
# How to see that a use is on: keys, or a command that only it sends.
KEYS = {"SESSIONS": "tk:session:*", "CACHE": "tk:bookmark_list:*", "RATELIMIT": "tk:rl:*"}
PUBLISHED = "cmdstat_publish"


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


def uses(redis: RedisServer) -> set[str]:
    """Since the last look, which also forgets everything."""
    found = {use for use, pattern in KEYS.items() if redis.ask("KEYS", pattern)}
    with redis.admin() as client:
        if PUBLISHED in client.info("commandstats"):
            found.add("PUBSUB")
        client.config_resetstat()
        client.flushall()
    return found


def live(place: Site) -> None:
    """What people do: all of it right, on both instances."""
    person = place.servers[0].add_person()
    with numbers(place) as written:
        pause(0.7)
    check(written)
    answer = httpx.get(f"{place.servers[1].url}/api/v1/bookmarks", headers=person.token)
    assert int(answer.headers[LIMIT_HEADER]) > 0
    with knocking(place, {"session": person.session}) as doors:
        pause(0.3)
        url = f"{place.servers[0].url}/api/v1/accounts/session"
        assert httpx.delete(url, headers=person.session).status_code == httpx.codes.NO_CONTENT
        closed_at = time.monotonic()
        pause(1.3)
    assert [each for door in doors for each in door.complaints(closed_at)] == []
    assert place.surprises() == []


@pytest.mark.parametrize("use", [*KEYS, "PUBSUB"])
def test_one_use_is_off(furnished: Furnished, redis: RedisServer, tmp_path: Path, use: str) -> None:
    with site(furnished, tmp_path, redis.url, {f"REDIS_{use}_ENABLED": "off"}) as place:
        uses(redis)
        live(place)
    assert uses(redis) == {*KEYS, "PUBSUB"} - {use}


def test_redis_comes_later(furnished: Furnished, tmp_path: Path) -> None:
    with redis_server() as late:
        late.kill()
        with site(furnished, tmp_path, late.url) as place:
            live(place)
            late.start(empty=True)
            place.await_redis(place.lines(), BACK_SECONDS)
            live(place)
            assert uses(late) == {*KEYS, "PUBSUB"}
