"""How the server's processes run: one threaded worker on SQLite, cooperative workers on PostgreSQL."""

import gc
import logging
import os
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

from config import process_folder
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


def shown(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


# The measures have a socket of their own: which one a request came in on cannot be claimed by a header.
bind = [shown(settings.host, settings.port)]
if settings.metrics_port:
    bind.append(shown(settings.metrics_host, settings.metrics_port))
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
MEASURES = "PROMETHEUS_MULTIPROC_DIR"


def on_starting(server: Any) -> None:
    """Tell in one line what gunicorn needs ten for: that the address cannot be had, or why no worker starts."""
    server.log.error_log.addFilter(is_news)
    # Before prometheus_client is imported anywhere: what it finds here decides how it keeps its values.
    os.environ[MEASURES] = str(process_folder.make(SHARED_MEMORY if SHARED_MEMORY.is_dir() else None))
    if "GUNICORN_FD" in os.environ or "LISTEN_FDS" in os.environ:
        return  # the socket is handed over by the server before, or by systemd
    refuse_taken("HOST and PORT", settings.host, settings.port, " Another PORT may be free: PORT=8081 make run.")
    if settings.metrics_port:
        refuse_taken("METRICS_HOST and METRICS_PORT", settings.metrics_host, settings.metrics_port)


def refuse_taken(names: str, host: str, port: int, advice: str = "") -> None:
    """End the start when this address cannot be listened on."""
    try:
        (family, kind, *_, place), *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        with socket.socket(family, kind) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(place)
    except OSError as error:
        words = f"{names}: {shown(host, port)} cannot be listened on: {error.strerror}.{advice}"
        sys.exit(f"Trackeep cannot start. {words}")


def on_exit(_server: object) -> None:
    """Leave nothing behind."""
    process_folder.remove(Path(os.environ[MEASURES]))


def child_exit(_server: object, worker: Any) -> None:
    """Not by prometheus_client itself: the workers would inherit what the master imports."""
    process_folder.forget(Path(os.environ[MEASURES]), worker.pid)


def is_news(record: logging.LogRecord) -> bool:
    """A worker that cannot start has told why; gunicorn would say three times that it did not."""
    words = record.getMessage()
    return not words.endswith(("exited with code 3.", "Shutting down: Master", "Reason: Worker failed to boot."))


def post_request(_worker: object, _request: object, _environ: object, _response: object) -> None:
    """Let the other requests of a cooperative worker go on: a connection whose next request has come already would be
    served again and again, and the others wait for seconds."""
    if not settings.is_sqlite:
        time.sleep(0)  # noqa: TID251  # in patched modules it yields, and does not sleep


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
    worker.wsgi.extensions["trackeep.measures"].start()
    worker.wsgi.extensions["trackeep.jobs"].start()
    if worker.age == 1:
        greet()


def worker_exit(_server: object, worker: Any) -> None:
    """Let running jobs end, then hang up."""
    # A worker that could not start has no application.
    application = getattr(worker, "wsgi", None)
    if application is not None:
        application.extensions["trackeep.jobs"].stop()
        application.extensions["trackeep.measures"].stop()
        application.extensions["trackeep.redis"].end()


def greet() -> None:
    """Tell the person at the terminal where to go, once the first worker can answer."""
    address = settings.public_url if settings.host in configuration.EVERY_ADDRESS else f"http://{bind[0]}"
    sys.stdout.write(f"\nTrackeep is ready: {address}   (Ctrl-C stops it)\n\n")
    sys.stdout.flush()
