"""Where Prometheus finds the measures: a port of their own, which knows nothing else."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, start_http_server

from trackeep.core import ext
from trackeep.core.measures.measures import Measures

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

log = structlog.get_logger("trackeep.measures")
PATH = "/metrics"


class Door:
    """Stands outermost, before anything believes a header: the server itself says on which of its sockets a request
    came in. On the port of the measures there is nothing but them; on the others their address does not exist."""

    def __init__(
        self,
        application: "WSGIApplication",
        port: int,
        text: Callable[[], bytes],
        note: Callable[["WSGIEnvironment"], None],
    ) -> None:
        """``port`` is 0 where the measures have none; every request is noted before it is answered."""
        self._application = application
        self._port = str(port)
        self._text = text
        self._note = note

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        self._note(environ)
        if environ.get("SERVER_PORT") != self._port:
            return self._application(environ, start_response)
        if environ.get("PATH_INFO") != PATH or environ.get("REQUEST_METHOD") != "GET":
            start_response("404 Not Found", [("Content-Type", "text/plain")])
            return [b"Only GET /metrics is here.\n"]
        body = self._text()
        start_response("200 OK", [("Content-Type", CONTENT_TYPE_LATEST), ("Content-Length", str(len(body)))])
        return [body]


def poured_text(measures: Measures) -> bytes:
    """With everything that this process has counted up to now; the others poured a second ago at most."""
    measures.pour()
    return measures.text()


def serve_alone(measures: Measures) -> None:
    """For a process without a web server: a thread that answers on the port of the measures, if there is one."""
    settings = ext.settings()
    if not settings.metrics_port:
        return
    try:
        start_http_server(settings.metrics_port, settings.metrics_host, registry=measures.registry)
    except OSError as error:
        log.warning("metrics_not_served", port=settings.metrics_port, reason=str(error))
