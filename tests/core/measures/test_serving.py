"""The port of the measures: nothing else is there, and elsewhere they do not exist, whatever a header claims."""

import os
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.error import HTTPError, URLError

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from tests.journeys.server import ROOT, running_server
from tests.servers import free_port, postgresql
from trackeep import create_app
from trackeep.core import ext

PORT = 9464
CLAIMS = (
    {"Host": f"localhost:{PORT}"},
    {"X-Forwarded-Host": f"localhost:{PORT}", "X-Forwarded-Port": str(PORT)},
    {"Server-Port": str(PORT)},
)
PATIENCE = 30.0


@pytest.fixture
def client(app: APIFlask) -> FlaskClient:
    """Behind a proxy that is believed, with a port for measures."""
    return create_app(replace(ext.settings(), metrics_port=PORT, proxy_hops=1)).test_client()


def test_the_port_of_the_measures_has_nothing_else(client: FlaskClient) -> None:
    answer = client.get("/metrics", environ_overrides={"SERVER_PORT": str(PORT)})
    assert answer.status_code == 200
    assert "# HELP trackeep_requests_total" in answer.text
    for method, path in (("GET", "/"), ("GET", "/health/live"), ("POST", "/metrics"), ("GET", "/metrics/")):
        assert client.open(path, method=method, environ_overrides={"SERVER_PORT": str(PORT)}).status_code == 404


@pytest.mark.parametrize("claim", [{}, *CLAIMS])
def test_elsewhere_they_do_not_exist(client: FlaskClient, admin: object, claim: dict[str, str]) -> None:
    assert client.get("/metrics", headers=claim).status_code == 404


def test_a_request_counts_at_once_where_it_is_asked(client: FlaskClient) -> None:
    client.get("/health/live")
    text = client.get("/metrics", environ_overrides={"SERVER_PORT": str(PORT)}).text
    assert 'trackeep_requests_total{endpoint="health_live",method="GET",status="2xx"} 1.0' in text


def read(url: str, **headers: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=5) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as refused:
        return refused.code, ""


def eventually(look: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(int(PATIENCE / 0.1)):
        if look():
            return
        pause.wait(0.1)
    raise AssertionError("it never came")


def value(text: str, name: str) -> float:
    return sum(float(found) for found in re.findall(rf"^{name}(?:{{.*}})? (\S+)$", text, re.MULTILINE))


@dataclass(frozen=True)
class Served:
    url: str
    folder: Path


@pytest.fixture(scope="module")
def metrics_port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def server(metrics_port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Two workers on PostgreSQL."""
    settings = {"SECRET_KEY": "x" * 48, "METRICS_PORT": str(metrics_port), "EMBEDDED_WORKER": "off"}
    with (
        postgresql() as url,
        running_server(tmp_path_factory.mktemp("measured"), DATABASE_URL=url, PROXY_HOPS="1", **settings) as server,
    ):
        yield Served(server.url, server.folder)


@pytest.mark.slow
def test_two_workers_are_one_server(server: Served, metrics_port: int) -> None:
    def live(_number: int) -> int:
        return read(f"{server.url}/health/live")[0]

    def measures() -> str:
        return read(f"http://127.0.0.1:{metrics_port}/metrics")[1]

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(live, range(100))) == {200}
    counted = r'trackeep_requests_total{endpoint="health_live",method="GET",status="2xx"}'
    eventually(lambda: f"{counted} 100.0" in measures())
    eventually(lambda: value(measures(), "trackeep_processes") == 2)

    [pid, *_] = workers(server)
    os.kill(pid, signal.SIGKILL)
    eventually(lambda: pid not in workers(server) and value(measures(), "trackeep_processes") == 2)
    assert f"{counted} 100.0" in measures(), "what it counted stays"


@pytest.mark.slow
def test_a_real_socket_decides(server: Served, metrics_port: int) -> None:
    own = f"http://127.0.0.1:{metrics_port}"
    assert read(f"{own}/health/live")[0] == 404
    public = f"http://127.0.0.1:{server.url.rpartition(':')[2]}"
    for claim in ({"Host": f"127.0.0.1:{metrics_port}"}, {"X-Forwarded-Host": f"127.0.0.1:{metrics_port}"}):
        status, text = read(f"{public}/metrics", **claim)
        assert "trackeep_" not in text, status


@pytest.mark.slow
def test_a_worker_serves_its_own(app: APIFlask, metrics_port: int, tmp_path: Path) -> None:
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": ext.settings().database_url,
        "DATA_DIR": str(tmp_path),
        "SECRET_KEY": "x" * 48,
        "METRICS_PORT": str(port),
        "LOG_LEVEL": "error",
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as worker:
        try:
            eventually(lambda: answers(f"http://127.0.0.1:{port}/metrics"))
        finally:
            worker.send_signal(signal.SIGTERM)
        assert worker.wait(15) == 0


def answers(url: str) -> bool:
    try:
        return "trackeep_jobs" in read(url)[1]
    except URLError:
        return False


def workers(server: Served) -> list[int]:
    """The children of the process whose folder this server's is."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            environment = (path / "environ").read_bytes()
            parent = int((path / "stat").read_text().rpartition(") ")[2].split()[1])
            is_ours = f"DATA_DIR={server.folder / 'data'}".encode() in environment
            if (
                is_ours
                and f"DATA_DIR={server.folder / 'data'}".encode() in Path(f"/proc/{parent}/environ").read_bytes()
            ):
                found.append(int(path.name))
        except (OSError, IndexError):
            continue
    return found
