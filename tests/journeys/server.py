"""A real server of ours for browsers: gunicorn as it is delivered, on SQLite in a folder that disappears with it."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

from tests.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


@dataclass(frozen=True)
class Server:
    """Where it listens, and the folder with its data and its log."""

    url: str
    folder: Path

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")


@contextmanager
def running_server(folder: Path, **settings: str) -> Iterator[Server]:
    """Migrated, started, answering; stopped at the end. ``settings`` are environment variables."""
    port = free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "REDIS_"))},
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "DATA_DIR": str(folder / "data"),
        "EMBEDDED_WORKER": "on",
        # The journeys come from one address and sign in more often than five people would.
        "SIGN_IN_LIMIT": "1000",
        "SIGN_IN_TOTAL_LIMIT": "10000",
        "API_LIMIT": "100000",
        "PAGE_LIMIT": "100000",
        "UPLOAD_LIMIT": "1000",
        "FETCH_ALLOW": "127.0.0.1",
        **settings,
    }
    with (folder / "log").open("wb") as log:
        _run_to_the_end([sys.executable, "-m", "flask", "--app", "wsgi", "migrate"], environment, log.fileno())
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "wsgi:app"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            server = Server(f"http://127.0.0.1:{port}", folder)
            _wait_until_ready(server, process)
            yield server
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)


def _run_to_the_end(command: list[str], environment: dict[str, str], log: int) -> None:
    subprocess.run(command, cwd=ROOT, env=environment, stdout=log, stderr=log, check=True)


def _wait_until_ready(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}:\n{server.log}")
        try:
            urllib.request.urlopen(f"{server.url}/health/ready", timeout=5).close()
        except (URLError, OSError):
            time.sleep(0.1)  # noqa: TID251  # nothing to wait on before the port is open
        else:
            return
    raise RuntimeError(f"the server did not answer in {PATIENCE:.0f} s:\n{server.log}")
