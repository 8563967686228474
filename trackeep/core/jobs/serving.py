"""Where the runner lives: inside the serving process (the embedded default) or as a command of its own."""

import os
import signal
import threading
from contextlib import suppress
from types import FrameType

import click
from flask import Flask, current_app, request
from sqlalchemy.exc import OperationalError

from config.env import SettingError
from trackeep.core import ext, redis_start
from trackeep.core.db import migrate
from trackeep.core.jobs.runner import Runner
from trackeep.core.jobs.traffic import Traffic

EXTENSION = "trackeep.jobs"
MEASURES = "trackeep.measures"
GRACE_SECONDS = 3.0
NOTICE_SECONDS = 0.5


class EmbeddedRunner:
    """The runner of this process, if the settings want one here; starts once."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._runner: Runner | None = None
        self._traffic = Traffic()
        self._lock = threading.Lock()

    def start(self) -> None:
        """For the hook of a server whose process is ready, and for the first request of any other server."""
        if not ext.settings().embedded_worker:
            return
        with self._lock:
            if self._runner is None:
                self._runner = Runner(self._app, is_busy=self._traffic.is_dense)
                self._runner.start()

    def stop(self) -> None:
        """Let running jobs end, put the others back."""
        if self._runner is not None:
            self._runner.stop(GRACE_SECONDS)

    def note_request(self) -> None:
        """Jobs give way to many requests; the first one starts the runner."""
        self._traffic.note()
        # Commands and tests build the application too; only a real server names itself in the request.
        if self._runner is None and request.environ.get("SERVER_SOFTWARE"):
            self.start()


def init_app(app: Flask) -> None:
    embedded = EmbeddedRunner(app)
    app.extensions[EXTENSION] = embedded
    app.before_request(embedded.note_request)
    app.cli.add_command(worker_command)


@click.command("worker")
@click.option("--threads", default=4, show_default=True, help="Jobs that run at the same time.")
def worker_command(threads: int) -> None:
    """Work off background jobs until SIGTERM or Ctrl-C."""
    try:
        with suppress(OperationalError):  # the runner waits for a database that does not answer yet
            migrate.refuse_newer()
        redis_start.begin(is_first=True)
    except (migrate.NewerSchema, SettingError) as error:
        raise click.ClickException(str(error)) from error
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    measuring = current_app.extensions[MEASURES]
    runner = Runner(current_app._get_current_object(), threads)  # type: ignore[attr-defined]  # how Flask documents it
    runner.start()
    measuring.start_worker()
    click.echo(f"Working off background jobs (process {os.getpid()}, Ctrl-C stops it).")
    # In steps: of a signal that comes just as a wait begins, the interpreter would know only after its end.
    while not stopping.wait(NOTICE_SECONDS):
        continue
    runner.stop()
    measuring.stop()
    redis_start.end()
