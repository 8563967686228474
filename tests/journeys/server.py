"""A real server of ours for browsers: on SQLite, in a folder that disappears with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.gunicorn import ROOT, Gunicorn

__all__ = ["ROOT", "Gunicorn", "running_server"]

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
