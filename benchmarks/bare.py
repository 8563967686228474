"""The least that a request can cost here: a bare Flask application that answers each address with a file's bytes.

With ``BARE_HOOKS`` it writes the product's log line and counts in the product's measures, as a fair opponent must."""

import os
import secrets
import time
from pathlib import Path

import structlog
from flask import Flask, Response, g, request

from config import settings as configuration
from trackeep.core import logs, measures

BODY = Path(os.environ["BARE_BODY"]).read_bytes()
log = structlog.get_logger("trackeep.request")


class Nothing:
    """What the server's configuration starts and stops beside the application."""

    def start(self) -> None:
        """Nothing to start."""

    def stop(self) -> None:
        """Nothing to stop."""

    def begin(self, *, is_first: bool) -> None:
        """Nothing to connect to."""

    def end(self) -> None:
        """Nothing to let go."""


def hook(app: Flask) -> None:
    """The log line and the measures of each request."""
    settings = configuration.load(os.environ)
    logs.configure_logs(settings.log_level)

    @app.before_request
    def begin() -> None:
        g.request_id, g.started = secrets.token_hex(8), time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    @app.after_request
    def finish(response: Response) -> Response:
        log.info(
            "request",
            method=request.method,
            path=logs.shown_path(request.path),
            status=response.status_code,
            ms=round((time.perf_counter() - g.started) * 1000, 1),
            user_id=1,
        )
        return response

    measures.init_app(app, settings)


def make_app(name: str) -> Flask:
    made = Flask(name, static_folder=None)
    for extension in ("trackeep.jobs", "trackeep.redis", measures.EXTENSION):
        made.extensions[extension] = Nothing()
    if os.environ.get("BARE_HOOKS"):
        hook(made)
    return made


app = make_app("bare")


@app.get("/")
@app.get("/<path:_place>")
def answer(_place: str = "") -> Response:
    return Response(BODY, mimetype=os.environ.get("BARE_TYPE", "text/html"))
