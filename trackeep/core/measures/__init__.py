"""Measures: counted in each process, read by Prometheus on a port of their own, and told by each node in a summary."""

from flask import Flask

from config.settings import Settings
from trackeep.core.measures.listening import Listener
from trackeep.core.measures.measures import Measures
from trackeep.core.measures.reporter import WORKER, Reporter
from trackeep.core.measures.serving import Door, poured_text, serve_alone

EXTENSION = "trackeep.measures"


class Measuring:
    """All of it, for one application."""

    def __init__(self) -> None:
        self.measures = Measures()
        self.listener = Listener(self.measures.tally)
        self.reporter = Reporter(self.measures)

    def start(self) -> None:
        """In a process that serves pages."""
        self.reporter.start()

    def start_worker(self) -> None:
        """In a process that works off jobs and serves nothing else."""
        self.reporter.start(WORKER)
        serve_alone(self.measures)

    def stop(self) -> None:
        self.reporter.stop()


def init_app(app: Flask, settings: Settings) -> None:
    """After everything else that wraps the application."""
    measuring = Measuring()
    app.extensions[EXTENSION] = measuring
    measuring.listener.init_app(app)
    app.wsgi_app = Door(  # type: ignore[method-assign]  # how Flask documents it
        app.wsgi_app,
        settings.metrics_port,
        lambda: poured_text(measuring.measures),
        measuring.reporter.note_request,
    )
