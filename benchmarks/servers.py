"""Real servers to be measured: gunicorn with the product's own configuration, and what its processes consume."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.servers.gunicorn import Gunicorn

TICKS = os.sysconf("SC_CLK_TCK")


class Server(Gunicorn):
    """A running server; its processes are the master and its workers."""

    def processor_ms(self) -> float:
        """What all processes have consumed so far."""
        return sum(_ticks(pid) for pid in self.processes()) * 1000 / TICKS

    def memory_mib(self) -> float:
        """Memory of all processes, what they share counted once."""
        return sum(_shared_out_kib(pid) for pid in self.processes()) / 1024


@contextmanager
def serving(application: str, environment: Mapping[str, str], ready: str) -> Iterator[Server]:
    """The application under gunicorn, from its first answer to the address ``ready`` on."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), {"LOG_LEVEL": "info", **environment}, application)
        server.start(ready)
        try:
            yield server
        finally:
            server.stop()


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(") ")[2].split()
    return int(fields[11]) + int(fields[12])


def _shared_out_kib(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
