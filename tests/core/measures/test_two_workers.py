"""A server with two workers on PostgreSQL and Redis: its measures are one, and it tells when Redis is away."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.drills.application import SETTINGS, Application
from tests.servers import RedisServer, free_port, postgresql, redis_server, until
from trackeep.core.web import own_writes

PATIENCE = 40.0
pytestmark = pytest.mark.slow


class Watched(Application):
    """The application with its measures."""

    @property
    def metrics_url(self) -> str:
        return f"http://127.0.0.1:{self.environment['METRICS_PORT']}/metrics"

    def reader(self) -> httpx.Client:
        """The administrator's browser a while after its last change: who has just written is answered past Redis."""
        cookies = self.admin.session["Cookie"].replace(own_writes.COOKIE, "other")
        return httpx.Client(base_url=self.url, headers={"Cookie": cookies}, timeout=20)

    def measures(self) -> str:
        return httpx.get(self.metrics_url, timeout=10).text

    def value(self, name: str, **labels: str) -> float:
        """The sum of all series of this name that have these labels."""
        wanted = [f'{label}="{value}"' for label, value in labels.items()]
        lines = re.findall(rf"^trackeep_{name}(?:{{(.*)}})? (\S+)$", self.measures(), re.MULTILINE)
        return sum(float(value) for found, value in lines if all(each in found.split(",") for each in wanted))


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture(scope="module")
def server(redis: RedisServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    with postgresql() as url:
        settings = {"DATABASE_URL": url, "REDIS_URL": redis.url, "METRICS_PORT": str(free_port()), "PROXY_HOPS": "1"}
        generous = {"API_LIMIT": "100000", "PAGE_LIMIT": "100000"}
        application = Watched(tmp_path_factory.mktemp("watched"), {**SETTINGS, **generous, **settings})
        try:
            application.set_up()
            yield application
        finally:
            application.stop()


def test_two_workers_are_one_server(server: Watched) -> None:
    asked = {"endpoint": "health_live", "status": "2xx"}
    before = server.value("requests_total", **asked)

    def live(_number: int) -> int:
        return httpx.get(f"{server.url}/health/live", timeout=10).status_code

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(live, range(100))) == {200}
    until(lambda: server.value("requests_total", **asked) == before + 100, PATIENCE, "the requests of both workers")
    until(lambda: server.value("processes") == 2, PATIENCE, "both workers")

    killed = server.workers()[0]
    server.kill_worker()
    until(lambda: killed not in server.workers() and server.value("processes") == 2, PATIENCE, "another worker")
    assert server.value("requests_total", **asked) >= before + 100, "what it counted stays"


def test_what_the_extensions_announce_arrives(server: Watched) -> None:
    with server.reader() as client:
        for _ in range(10):
            assert client.get("/bookmarks").status_code == 200
    for name in ("redis_seconds_count", "cache_answers_total", "session_lookups_total", "versions_read_total"):
        until(lambda name=name: server.value(name) > 0, PATIENCE, name)  # type: ignore[misc]  # bound at once
    assert server.surprises() == []


def test_a_socket_decides_and_no_header(server: Watched) -> None:
    port = server.environment["METRICS_PORT"]
    for claim in ({}, {"Host": f"127.0.0.1:{port}"}, {"X-Forwarded-Host": f"127.0.0.1:{port}"}, {"Server-Port": port}):
        answer = httpx.get(f"{server.url}/metrics", headers=claim, timeout=10)
        assert answer.status_code == 404
        assert "trackeep_" not in answer.text
    assert httpx.get(server.metrics_url.replace("/metrics", "/health/live"), timeout=10).status_code == 404


def test_a_redis_that_is_away_is_told_and_its_return_as_well(server: Watched, redis: RedisServer) -> None:
    with server.reader() as client:

        def told() -> dict[str, object]:
            assert client.get("/health/ready").status_code == 200
            assert client.get("/bookmarks").status_code == 200
            system: dict[str, object] = client.get("/api/v1/admin/system").json()
            return system

        def alerts() -> str:
            return str(told()["alerts"])

        until(lambda: told()["level"] == "good", PATIENCE, "the first summary")
        assert redis.url.rpartition("@")[2] in str(told()["uses"])
        redis.kill()
        until(lambda: "breaker_open" in alerts(), PATIENCE, "an alert")
        assert server.value("redis_errors_total") > 0
        assert "Given up for now" in client.get("/admin/system").text
        redis.start()
        until(lambda: "breaker_open" not in alerts(), PATIENCE, "the end of the alert")
        until(lambda: client.get("/health/ready").json() == {"status": "ok"}, PATIENCE, "health")
