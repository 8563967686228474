"""The port of the measures: nothing else is there, and elsewhere they do not exist, whatever a header claims."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from tests.servers import free_port, until
from tests.servers.gunicorn import ROOT, START_SECONDS, STOP_SECONDS
from trackeep import create_app
from trackeep.core import ext

PORT = 9464
CLAIMS = (
    {"Host": f"localhost:{PORT}"},
    {"X-Forwarded-Host": f"localhost:{PORT}", "X-Forwarded-Port": str(PORT)},
    {"Server-Port": str(PORT)},
)


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


@pytest.mark.slow
def test_a_worker_serves_its_own(app: APIFlask, tmp_path: Path) -> None:
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
            until(lambda: answers(f"http://127.0.0.1:{port}/metrics"), START_SECONDS, "the measures of the worker")
        finally:
            worker.send_signal(signal.SIGTERM)
        assert worker.wait(STOP_SECONDS) == 0


def answers(url: str) -> bool:
    try:
        return "trackeep_jobs" in httpx.get(url, timeout=5).text
    except httpx.TransportError:
        return False
