"""Real servers to be measured: gunicorn with the product's own configuration, and what its processes consume."""

import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.servers import free_port

TICKS = os.sysconf("SC_CLK_TCK")
START_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A running server; its processes are the master and its workers."""

    port: int
    pid: int
    seconds_to_start: float

    def processor_ms(self) -> float:
        """What all processes have consumed so far."""
        return sum(_ticks(pid) for pid in self.processes()) * 1000 / TICKS

    def memory_mib(self) -> float:
        """Memory of all processes, what they share counted once."""
        return sum(_shared_out_kib(pid) for pid in self.processes()) / 1024

    def processes(self) -> list[int]:
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii").split()
        return [self.pid, *map(int, children)]


@contextmanager
def serving(application: str, environment: Mapping[str, str], ready: str) -> Iterator[Server]:
    """The application under gunicorn, from its first answer to the address ``ready`` on."""
    port = free_port()
    own = {"HOST": "127.0.0.1", "PORT": str(port), "LOG_LEVEL": "info", "PYTHONPATH": "."}
    command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", application]
    started = time.perf_counter()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, env={**os.environ, **own, **environment}, stdout=log, stderr=log)
        try:
            _await_answer(port, ready, process)
            yield Server(port, process.pid, time.perf_counter() - started)
        finally:
            process.terminate()
            process.wait()


def _await_answer(port: int, path: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", path)
            if connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR:
                return
        except OSError:
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.02)
    raise RuntimeError("the server did not start")


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(") ")[2].split()
    return int(fields[11]) + int(fields[12])


def _shared_out_kib(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
