"""The first process of a server tells what cannot be used of Redis; all go on without, unless it is required."""

from dataclasses import replace

import pytest
from apiflask import APIFlask
from structlog.testing import capture_logs

from config import settings as configuration
from config.env import SettingError
from tests.servers import free_port
from trackeep import bind
from trackeep.core import ext, redis_start


def use(app: APIFlask, **values: str) -> None:
    """Bind the application as it would be with these settings."""
    loaded = configuration.load({"SECRET_KEY": "x" * 40, "DATABASE_URL": "postgresql://a@b/c", **values})
    bind(app, replace(ext.settings(), redis=loaded.redis))


def told(*, is_first: bool) -> list[str]:
    with capture_logs() as events:
        redis_start.begin(is_first=is_first)
    return [event["event"] for event in events if event["event"].startswith("redis_")]


def test_only_the_first_process_tells(app: APIFlask) -> None:
    use(app, REDIS_URL=f"redis://127.0.0.1:{free_port()}", REDIS_READ_TIMEOUT="1s")
    assert told(is_first=True) == ["redis_setting", "redis_unusable"]
    assert told(is_first=False) == []


def test_what_is_required_stops_the_first_process_and_no_later_one(app: APIFlask) -> None:
    use(app, REDIS_URL=f"redis://:hush@127.0.0.1:{free_port()}", REDIS_REQUIRED="on")
    with pytest.raises(SettingError, match=r"^REDIS_URL: redis://127\.0\.0\.1:\d+/0 cannot be used: nobody listens"):
        redis_start.begin(is_first=True)
    redis_start.begin(is_first=False)


def test_without_redis_there_is_nothing_to_tell(app: APIFlask) -> None:
    use(app)
    assert told(is_first=True) == []


def test_required_means_that_there_is_an_address(app: APIFlask) -> None:
    use(app, REDIS_REQUIRED="on")
    with pytest.raises(SettingError, match="REDIS_REQUIRED is on, but REDIS_URL names no Redis"):
        redis_start.begin(is_first=True)
