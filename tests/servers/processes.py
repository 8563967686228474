"""Processes and those below them: who they are, and how they are killed, frozen and thawed."""

import os
import signal
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from tests.servers.programs import until

DYING_SECONDS = 20.0


def tree(pid: int) -> list[int]:
    """The process and all below it, parents first; empty when it has ended."""
    found = [pid]
    for parent in found:
        with suppress(OSError):
            children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
            found += map(int, children.split())
    return [one for one in found if is_alive(one)]


def is_alive(pid: int) -> bool:
    """Whether it still runs or is frozen; one that only waits to be collected has ended."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(") ")[2]
    except OSError:
        return False
    return not state.startswith(("Z", "X"))


def send(pids: Iterable[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def serves(pid: int, port: int, peer_port: int) -> bool:
    """Whether the process holds this end, on ``port``, of the connection whose other end is on ``peer_port``."""
    ends = (f":{port:04X}", f":{peer_port:04X}")
    lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    found = [fields for fields in map(str.split, lines) if (fields[1][-5:], fields[2][-5:]) == ends]
    sockets = {f"socket:[{fields[9]}]" for fields in found}
    return not sockets.isdisjoint(map(_target, Path(f"/proc/{pid}/fd").iterdir()))


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:
        return ""


def kill_tree(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL to all of it; returns when nothing of it is left. Frozen ones die as well."""
    pids = tree(process.pid)
    send(pids, signal.SIGKILL)
    process.wait(DYING_SECONDS)
    until(lambda: not any(map(is_alive, pids)), DYING_SECONDS, f"the end of the processes {pids}")
