"""A web server of ours as it is delivered: gunicorn with its own configuration, started, measured and killed."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from tests.servers import processes
from tests.servers.programs import free_port, until

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 180.0  # patience alone, for a busy machine; what a start takes is measured apart
MOST_LINES = 100
STOP_SECONDS = 20.0
HEALTH = "/health/ready"


class Gunicorn:
    """One server on a free port of 127.0.0.1. ``settings`` are environment variables; the surrounding ones that name
    a database or Redis do not count. What it says stands in the file ``log`` of the folder."""

    host = "127.0.0.1"

    def __init__(self, folder: Path, settings: Mapping[str, str], application: str = "wsgi:app") -> None:
        self.folder, self.port, self._application = folder, free_port(), application
        self.data = folder / "data"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "REDIS_"))},
            "HOST": self.host,
            "PORT": str(self.port),
            "DATA_DIR": str(self.data),
            "PYTHONPATH": ".",
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None
        self.seconds_to_start = 0.0

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    @property
    def pid(self) -> int:
        if self._process is None:
            raise RuntimeError("this server does not run")
        return self._process.pid

    def migrate(self) -> None:
        with (self.folder / "log").open("ab") as log:
            command = [sys.executable, "-m", "flask", "--app", "wsgi", "migrate"]
            subprocess.run(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, check=True)

    def start(self, ready: str = HEALTH) -> None:
        """Returns with the first answer to the address ``ready``."""
        started = time.perf_counter()
        command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", self._application]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        try:
            until(lambda: self.answers(ready), START_SECONDS, f"an answer of the server:\n{self.log}")
        except TimeoutError:
            self.kill()
            raise
        self.seconds_to_start = time.perf_counter() - started

    def stop(self) -> None:
        """SIGTERM, and wait until all have gone; nothing happens to one that is dead already."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        finally:
            self.kill()

    def kill(self) -> None:
        """SIGKILL to the master and all workers."""
        if self._process is not None:
            processes.kill_tree(self._process)

    def workers(self) -> list[int]:
        return self.processes()[1:]

    def processes(self) -> list[int]:
        """The master and its workers."""
        return processes.tree(self.pid)

    def lines(self) -> list[http.client.HTTPConnection]:
        """A connection to each worker, which that one serves as long as it stays open."""
        found: dict[int, http.client.HTTPConnection] = {}
        for _ in range(MOST_LINES):
            line = http.client.HTTPConnection(self.host, self.port, timeout=5)
            line.request("GET", "/health/live")
            line.getresponse().read()
            peer = int(line.sock.getsockname()[1])
            worker = next(one for one in self.workers() if processes.serves(one, self.port, peer))
            if found.setdefault(worker, line) is not line:
                line.close()
            if len(found) == len(self.workers()):
                return list(found.values())
        raise RuntimeError("one of the workers takes no connection")

    def kill_worker(self) -> None:
        """SIGKILL to the oldest worker; the master starts another."""
        processes.send(self.workers()[:1], signal.SIGKILL)

    def terminate_worker(self) -> None:
        """SIGTERM to the oldest worker: it ends its requests, and the master starts another."""
        processes.send(self.workers()[:1], signal.SIGTERM)

    def answers(self, path: str = HEALTH) -> bool:
        """Whether it answers, without an error of its own."""
        if self._process is not None and self._process.poll() is not None:
            raise RuntimeError(f"the server ended with {self._process.returncode}:\n{self.log}")
        connection = http.client.HTTPConnection(self.host, self.port, timeout=5)
        try:
            connection.request("GET", path)
            return connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
