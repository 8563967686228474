"""Finds programs and free ports, and waits for what a server does in its own time."""

import os
import random
import shutil
import socket
import threading
import time
from collections.abc import Callable

# Below the ports that the kernel gives to outgoing connections: a server that is killed finds its port free again.
PORTS = range(15_000, 32_000)
POLL_SECONDS = 0.02


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    for port in random.sample(PORTS, 200):
        with socket.socket() as listener:
            try:
                listener.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no free port was found")


def chromium() -> str:
    """Where Debian's Chromium is; the variable CHROMIUM names another one."""
    return program(os.environ.get("CHROMIUM", "chromium"), "chromium, or set CHROMIUM to its path")


def program(name: str, package: str) -> str:
    """Where a program is; the error says which Debian package has it."""
    found = shutil.which(name)
    if not found:
        raise FileNotFoundError(f"No {name} here: install Debian's package {package}.")
    return found


def until(condition: Callable[[], bool], seconds: float, wish: str) -> float:
    """Ask until it holds; answers the seconds that it took. Raises TimeoutError with the ``wish``."""
    started = time.monotonic()
    while not condition():
        if time.monotonic() - started > seconds:
            raise TimeoutError(f"not within {seconds:g} s: {wish}")
        pause(POLL_SECONDS)
    return time.monotonic() - started


def pause(seconds: float) -> None:
    """Let the servers work: what happens in another process can only be waited for."""
    threading.Event().wait(seconds)
