"""The doctor looks at each Redis that the settings name."""

from dataclasses import replace
from pathlib import Path

import pytest
from apiflask import APIFlask

from config import settings as configuration
from config.settings import Settings
from tests.deployment.rendered import PASSWORD, sentinel_group, single
from tests.servers import free_port
from trackeep.core import ext
from trackeep.core.doctor import Finding, Level
from trackeep.core.doctor.redis import redis_findings


def look(**values: str) -> list[Finding]:
    loaded = configuration.load({"SECRET_KEY": "x" * 40, "DATABASE_URL": "postgresql://a@b/c", **values})
    settings: Settings = replace(ext.settings(), redis=loaded.redis)
    return list(redis_findings(settings))


def test_without_an_address_nothing_is_wrong(app: APIFlask) -> None:
    (found,) = look()
    assert found.level is Level.GOOD
    assert "REDIS_URL" in found.words


def test_one_that_is_away_is_a_problem_with_its_setting(app: APIFlask) -> None:
    (found,) = look(REDIS_CACHE_URL=f"redis://:hush@127.0.0.1:{free_port()}/0", REDIS_SESSIONS_ENABLED="off")[-1:]
    assert found.level is Level.PROBLEM
    assert found.subject == "redis (REDIS_CACHE_URL)"
    assert "nobody listens there. Look at REDIS_CACHE_URL." in found.words
    assert "hush" not in found.words


def test_switches_and_long_deadlines_are_told(app: APIFlask) -> None:
    url = f"redis://127.0.0.1:{free_port()}/0"
    found = look(REDIS_URL=url, REDIS_CACHE_ENABLED="off", REDIS_DIAL_TIMEOUT="5s", REDIS_TLS_VERIFY="off")
    words = " ".join(finding.words for finding in found)
    assert "Not used for cache (REDIS_CACHE_ENABLED" in words
    assert "REDIS_DIAL_TIMEOUT is 5000 ms" in words
    assert "REDIS_TLS_VERIFY is off" in words


@pytest.mark.slow
def test_the_delivered_server_has_nothing_to_be_changed(app: APIFlask, tmp_path: Path) -> None:
    with single(tmp_path) as server:
        url = f"redis://{server.host}:{server.port}/0"
        (found,) = look(REDIS_URL=url, REDIS_USERNAME="trackeep", REDIS_PASSWORD=PASSWORD)
    assert found.level is Level.GOOD
    assert "answers (Redis " in found.words


@pytest.mark.slow
def test_a_server_that_may_fill_up_is_noticed(app: APIFlask, tmp_path: Path) -> None:
    with single(tmp_path, "--maxmemory-policy", "noeviction", "--appendonly", "no") as server:
        url = f"redis://trackeep:{PASSWORD}@{server.host}:{server.port}/0"
        found = look(REDIS_URL=url)
    assert [finding.level for finding in found] == [Level.GOOD, Level.WARNING, Level.WARNING]


@pytest.mark.slow
def test_the_delivered_group_is_examined_whole(app: APIFlask, tmp_path: Path) -> None:
    with sentinel_group(tmp_path) as group:
        found = look(REDIS_URL=group.url)
        assert [finding for finding in found if finding.level is not Level.GOOD] == []
        group.sentinels[2].kill()
        (remark,) = [finding for finding in look(REDIS_URL=group.url) if finding.level is not Level.GOOD]
        assert f"{group.sentinels[2].host}:{group.sentinels[2].port}" in remark.words
