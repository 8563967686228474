"""How the server's processes run: one threaded worker on SQLite, cooperative workers on PostgreSQL."""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from config import settings as configuration
from config.env import SettingError

try:
    settings = configuration.load(os.environ)
except SettingError as error:
    sys.exit(f"Trackeep cannot start. {error}")
if not settings.is_sqlite:
    # Before the application and psycopg are imported: a query only yields to other requests in patched modules.
    from gevent import monkey

    monkey.patch_all()

bind = f"[{settings.host}]:{settings.port}" if ":" in settings.host else f"{settings.host}:{settings.port}"
if settings.is_sqlite:
    # A yield inside a SQLite transaction would freeze a cooperative worker, so: threads.
    worker_class = "gthread"
    workers = 1
    threads = 64
else:
    worker_class = "gevent"
    workers = settings.web_workers
    worker_connections = 1000

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


def post_worker_init(worker: Any) -> None:
    """Begin to work off background jobs in this process, if the settings want that."""
    # Ctrl-C reaches every process of the terminal, and the master passes it on as well: told twice, a threaded worker
    # waits for its own lock until it is killed.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    worker.wsgi.extensions["trackeep.jobs"].start()
    if worker.age == 1:
        greet()


def worker_exit(_server: object, worker: Any) -> None:
    """Let running jobs end."""
    # A worker that could not start has no application.
    application = getattr(worker, "wsgi", None)
    if application is not None:
        application.extensions["trackeep.jobs"].stop()


def greet() -> None:
    """Tell the person at the terminal where to go, once the first worker can answer."""
    sys.stdout.write(f"\nTrackeep is ready: http://{bind}   (Ctrl-C stops it)\n\n")
    sys.stdout.flush()
