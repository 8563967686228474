"""What the public addresses of health answer: one word, and a status that a load balancer understands."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from apiflask import APIFlask
from sqlalchemy.exc import OperationalError

from config.redis_settings import RedisSettings
from tests.servers import free_port
from trackeep import bind
from trackeep.core import db, ext


@pytest.fixture(params=[False, True], ids=["optional", "required"])
def with_redis(app: APIFlask, request: pytest.FixtureRequest) -> Iterator[APIFlask]:
    """The settings name a Redis that nobody runs."""
    urls = {"cache": ("REDIS_URL", f"redis://:hush@127.0.0.1:{free_port()}/0")}
    bind(app, replace(ext.settings(), redis=RedisSettings(urls=urls, required=request.param)))
    yield app
    ext.redis().close()


def give_up_redis() -> None:
    [client] = ext.redis().all()
    client.breaker.failed("connection")
    client.breaker.failed("connection")


def test_all_is_well_without_redis(app: APIFlask) -> None:
    answer = app.test_client().get("/health/ready")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_redis_away_is_degraded_and_still_ready(with_redis: APIFlask) -> None:
    client = with_redis.test_client()
    assert client.get("/health/ready").json == {"status": "ok"}
    give_up_redis()
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json) == (200, {"status": "degraded"})
    assert client.get("/health/live").json == {"status": "ok"}
    [redis] = ext.redis().all()
    redis.breaker.close()
    assert client.get("/health/ready").json == {"status": "ok"}


def test_without_a_database_it_is_unavailable_and_lives(app: APIFlask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OperationalError("SELECT 1", None, Exception("connection to 10.0.0.7 failed for user hush"))

    monkeypatch.setattr(db, "session", fail)
    answer = app.test_client().get("/health/ready")
    assert (answer.status_code, answer.json) == (503, {"status": "unavailable"})
    assert answer.headers["Retry-After"] == "2"
    assert app.test_client().get("/health/live").status_code == 200
