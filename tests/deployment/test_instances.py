"""Two instances as in the profile `ha`, on PostgreSQL and a rendered Redis group, behind nginx: one is lost."""

import http.client
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.deployment.proxy import nginx
from tests.deployment.rendered import PASSWORD, Group, sentinel_group
from tests.drills.application import Application
from tests.servers import Gunicorn, postgresql
from tests.test_packaging import services

pytestmark = pytest.mark.slow
PAGES = ("/health/ready", "/bookmarks", "/api/v1/bookmarks", "/settings/sessions")


@dataclass(frozen=True)
class Pair:
    first: Application
    second: Gunicorn
    group: Group
    url: str

    def get(self, path: str) -> int:
        """As the administrator, by way of the proxy."""
        connection = http.client.HTTPConnection(self.url.removeprefix("http://"), timeout=20)
        try:
            connection.request("GET", path, headers=self.first.admin.session)
            return connection.getresponse().status
        finally:
            connection.close()


def settings_of(service: str, group: Group, database: str, folder: Path) -> dict[str, str]:
    """What compose sets, with the places of this machine."""
    hosts = ",".join(f"{one.host}:{one.port}" for one in group.sentinels)
    return {name: str(value) for name, value in services()[service]["environment"].items()} | {
        "DATABASE_URL": database,
        "DATA_DIR": str(folder / "files"),
        "REDIS_URL": f"redis+sentinel://{hosts}/trackeep/0",
        "REDIS_PASSWORD": PASSWORD,
        "REDIS_SENTINEL_PASSWORD": PASSWORD,
        "REDIS_REQUIRED": "on",
        "METRICS_PORT": "0",
    }


@contextmanager
def pair(folder: Path) -> Iterator[Pair]:
    with ExitStack() as stack:
        group = stack.enter_context(sentinel_group(folder))
        settings = settings_of("app-1", group, stack.enter_context(postgresql()), folder)
        for name in ("first", "second", "proxy"):
            (folder / name).mkdir()
        first, second = Application(folder / "first", settings), Gunicorn(folder / "second", settings)
        stack.callback(first.stop)
        stack.callback(second.stop)
        first.set_up()
        second.start()
        yield Pair(first, second, group, stack.enter_context(nginx(folder / "proxy", (first.port, second.port))))


def test_one_instance_is_killed_and_requests_go_on(tmp_path: Path) -> None:
    with pair(tmp_path) as instances:
        before = [instances.get(PAGES[number % 4]) for number in range(40)]
        instances.first.kill()
        after = [instances.get(PAGES[number % 4]) for number in range(80)]
        primary = instances.group.servers[0]
        used, errors = primary.ask("INFO", "keyspace"), primary.ask("INFO", "errorstats")
    assert set(before) == {200}
    assert set(after) == {200}
    assert "redis_unusable" not in instances.second.log
    assert isinstance(used, dict)
    assert used["db0"]["keys"] > 3
    assert "errorstat_NOPERM" not in str(errors)
