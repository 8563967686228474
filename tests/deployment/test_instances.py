"""Two instances as in the profile `ha`, on PostgreSQL and a rendered Redis group, behind nginx: one is lost."""

import http.client
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.deployment.proxy import nginx
from tests.deployment.rendered import PASSWORD, ROOT, Group, sentinel_group, until
from tests.servers import free_port, postgresql
from tests.test_packaging import services

pytestmark = pytest.mark.slow
START_SECONDS = 120.0
PAGES = ("/health/ready", "/sign-in", "/api/v1/openapi.json")


class Instance:
    """One of the instances, with what its container would be told."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.port = free_port()
        self._log = log
        command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "wsgi:app"]
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**environment, "PORT": str(self.port), "HOST": "127.0.0.1"},
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def is_ready(self) -> bool:
        assert self._process.poll() is None, self._log.read_text()
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/ready", timeout=5).close()
        except OSError:
            return False
        return True

    def kill(self) -> None:
        """The master and its workers at once."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def environment_of(service: str, group: Group, database: str, folder: Path) -> dict[str, str]:
    """What compose sets, with the places of this machine."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    given = {name: str(value) for name, value in services()[service]["environment"].items()}
    hosts = ",".join(f"{one.host}:{one.port}" for one in group.sentinels)
    here = {
        "DATABASE_URL": database,
        "DATA_DIR": str(folder / "data"),
        "REDIS_URL": f"redis+sentinel://{hosts}/trackeep/0",
        "REDIS_PASSWORD": PASSWORD,
        "REDIS_SENTINEL_PASSWORD": PASSWORD,
        "REDIS_REQUIRED": "on",
        "METRICS_PORT": "0",
    }
    return kept | given | here


@contextmanager
def two_instances(folder: Path) -> Iterator[tuple[Instance, Instance]]:
    with ExitStack() as stack:
        group = stack.enter_context(sentinel_group(folder))
        database = stack.enter_context(postgresql())
        environment = environment_of("app-1", group, database, folder)
        migrate = [sys.executable, "-m", "flask", "--app", "wsgi", "migrate"]
        subprocess.run(migrate, cwd=ROOT, env=environment, check=True, capture_output=True)
        first, second = (Instance(environment, folder / f"log-{number}") for number in (1, 2))
        stack.callback(first.kill)
        stack.callback(second.kill)
        until(lambda: first.is_ready() and second.is_ready(), "two instances", START_SECONDS)
        yield first, second


def get(url: str, path: str) -> int:
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=20)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def test_one_instance_is_killed_and_requests_go_on(tmp_path: Path) -> None:
    with two_instances(tmp_path) as (first, second), nginx(tmp_path, (first.port, second.port)) as url:
        before = [get(url, PAGES[number % 3]) for number in range(30)]
        first.kill()
        after = [get(url, PAGES[number % 3]) for number in range(60)]
        second_log = (tmp_path / "log-2").read_text()
    assert max(before) < 400
    assert max(after) < 400
    assert "redis_unusable" not in second_log
    assert "Trackeep is ready" in second_log
