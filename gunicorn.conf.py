"""How the server's processes run: one threaded worker on SQLite, cooperative workers on PostgreSQL."""

import gc
import logging
import os
import signal
import socket
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

# The code by which gunicorn knows that starting another worker is no use.
CANNOT_START = 3

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
# A header of a visitor's must not say where the application hangs, also not through a proxy on this machine.
forwarder_headers = ""
# The heartbeat file on a disk can stall a worker; shared memory cannot.
SHARED_MEMORY = Path("/dev", "shm")
worker_tmp_dir = str(SHARED_MEMORY) if SHARED_MEMORY.is_dir() else None


def on_starting(server: Any) -> None:
    """Tell in one line what gunicorn needs ten for: that the address cannot be had, or why no worker starts."""
    server.log.error_log.addFilter(is_news)
    if "GUNICORN_FD" in os.environ or "LISTEN_FDS" in os.environ:
        return  # the socket is handed over by the server before, or by systemd
    try:
        (family, kind, *_, address), *_ = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)
        with socket.socket(family, kind) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
    except OSError as error:
        words = f"HOST and PORT: {bind} cannot be listened on: {error.strerror}."
        sys.exit(f"Trackeep cannot start. {words} Another PORT may be free: PORT=8081 make run.")


def is_news(record: logging.LogRecord) -> bool:
    """A worker that cannot start has told why; gunicorn would say three times that it did not."""
    words = record.getMessage()
    return not words.endswith(("exited with code 3.", "Shutting down: Master", "Reason: Worker failed to boot."))


def post_worker_init(worker: Any) -> None:
    """Connect to Redis, and begin to work off background jobs in this process, if the settings want that."""
    # Ctrl-C reaches every process of the terminal, and the master passes it on as well: told twice, a threaded worker
    # waits for its own lock until it is killed.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What was loaded stays: otherwise one request in a few hundred waits 100 ms while all of it is looked through.
    gc.collect()
    gc.freeze()
    try:
        worker.wsgi.extensions["trackeep.redis"].begin(is_first=worker.age == 1)
    except SettingError as error:
        sys.stderr.write(f"Trackeep cannot start. {error}\n")
        sys.exit(CANNOT_START)
    worker.wsgi.extensions["trackeep.jobs"].start()
    if worker.age == 1:
        greet()


def worker_exit(_server: object, worker: Any) -> None:
    """Let running jobs end, then hang up."""
    # A worker that could not start has no application.
    application = getattr(worker, "wsgi", None)
    if application is not None:
        application.extensions["trackeep.jobs"].stop()
        application.extensions["trackeep.redis"].end()


def greet() -> None:
    """Tell the person at the terminal where to go, once the first worker can answer."""
    address = settings.public_url if settings.host in configuration.EVERY_ADDRESS else f"http://{bind}"
    sys.stdout.write(f"\nTrackeep is ready: {address}   (Ctrl-C stops it)\n\n")
    sys.stdout.flush()
