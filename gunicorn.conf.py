"""How the server's processes run: one threaded worker on SQLite, cooperative workers on PostgreSQL."""

import os

ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgresql")
if ON_POSTGRESQL:
    # Before anything else is imported: psycopg only yields to other requests when it finds the patched modules.
    from gevent import monkey

    monkey.patch_all()

import sys  # noqa: E402  the patch above comes first
from pathlib import Path  # noqa: E402
from typing import Protocol  # noqa: E402


class Log(Protocol):
    def info(self, message: str, *values: object) -> None: ...


class Arbiter(Protocol):
    log: Log


host = os.environ.get("HOST", "127.0.0.1")
port = os.environ.get("PORT", "8080")
if not (port.isdigit() and 0 < int(port) < 65536):
    sys.exit(f"PORT: {port!r} is not a port number from 1 to 65535.")

bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
if ON_POSTGRESQL:
    worker_class = "gevent"
    workers = int(os.environ.get("WEB_WORKERS", "2"))
    worker_connections = 1000
else:
    # A yield inside a SQLite transaction would freeze a cooperative worker, so: threads.
    worker_class = "gthread"
    workers = 1
    threads = 64

preload_app = False
# Two instances under one user would share the control socket.
control_socket_disable = True
graceful_timeout = 5
timeout = 60
keepalive = 15
loglevel = "warning"
# The heartbeat file on a disk can stall a worker; shared memory cannot.
SHARED_MEMORY = Path("/dev", "shm")
worker_tmp_dir = str(SHARED_MEMORY) if SHARED_MEMORY.is_dir() else None


def when_ready(server: Arbiter) -> None:
    """Tell the person at the terminal where to go."""
    del server
    sys.stdout.write(f"\nTrackeep is ready: http://{bind}   (Ctrl-C stops it)\n\n")
    sys.stdout.flush()
