"""A real server of ours for browsers: on SQLite in a folder that disappears with it, or on what the run has."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.database import create_database, drop_database
from tests.redis import SERVER as REDIS
from tests.servers.gunicorn import ROOT, Gunicorn

__all__ = ["ROOT", "Gunicorn", "house_server", "running_server"]

SECRET = "a secret of the journeys, long enough for all of them"

# The journeys come from one address and sign in more often than five people would.
SETTINGS = {
    "EMBEDDED_WORKER": "on",
    "SIGN_IN_LIMIT": "1000",
    "SIGN_IN_TOTAL_LIMIT": "10000",
    "API_LIMIT": "100000",
    "PAGE_LIMIT": "100000",
    "UPLOAD_LIMIT": "1000",
    "FETCH_ALLOW": "127.0.0.1",
    # The sites of all journeys are one host, which need not be spared.
    "HOST_INTERVALS": "127.0.0.1=0s",
}


@contextmanager
def running_server(folder: Path, **settings: str) -> Iterator[Gunicorn]:
    """Migrated, started, answering; stopped at the end. ``settings`` are environment variables."""
    server = Gunicorn(folder, {**SETTINGS, **settings})
    server.migrate()
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def house_server(folder: Path) -> Iterator[Gunicorn]:
    """The same on an empty database of its own at TEST_DATABASE_URL and with TEST_REDIS_URL, where the run has them."""
    database, purpose = os.environ.get("TEST_DATABASE_URL", ""), "journeys"
    settings = {"SECRET_KEY": SECRET} if database else {}
    if redis := os.environ.get(REDIS, ""):
        settings["REDIS_URL"] = redis
    if not database:
        with running_server(folder, **settings) as server:
            yield server
        return
    with running_server(folder, **settings, DATABASE_URL=create_database(database, purpose)) as server:
        yield server
    drop_database(database, purpose)
