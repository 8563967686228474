"""A Redis for each test, where the run has one: a database of the worker's own, emptied before the test."""

import os
import re

from redis import Redis

from config.redis_settings import URL_VARIABLES, RedisSettings

SERVER = "TEST_REDIS_URL"


def redis_settings() -> RedisSettings:
    """All uses of Redis at the server that the environment names; none without it."""
    server = os.environ.get(SERVER, "")
    if not server:
        return RedisSettings()
    url = f"{server.rpartition('/')[0]}/{_number()}"
    with Redis.from_url(url, socket_timeout=5) as client:
        client.flushdb()
    return RedisSettings(urls=dict.fromkeys(URL_VARIABLES, (SERVER, url)))


def _number() -> int:
    """Of this worker of pytest."""
    return int((re.findall(r"\d+", os.environ.get("PYTEST_XDIST_WORKER", "")) or ["0"])[0])
