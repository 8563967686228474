"""One table that turns errors into problem documents or pages."""

import errno
from collections.abc import Mapping

import structlog
from apiflask.exceptions import HTTPError
from flask import Flask, Response, g, redirect, request, url_for
from pydantic import ValidationError
from sqlalchemy.exc import DataError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import security, templating
from trackeep.core.complaints import complaints
from trackeep.core.errors import (
    Conflict,
    Forbidden,
    Gone,
    Invalid,
    Malformed,
    NoRoom,
    NotFound,
    TooLarge,
    TooMany,
    TrackeepError,
    Unauthenticated,
    Unavailable,
    UnsupportedMedia,
)
from trackeep.core.logs import shown_path
from trackeep.core.web.identity import do_without_actor

log = structlog.get_logger(__name__)
RETRY_AFTER_SECONDS = 2
# What SQLite says, and what PostgreSQL passes on of its system.
FULL_DISK = ("disk is full", "No space left on device")
_BY_STATUS: Mapping[int, type[TrackeepError]] = {
    kind.status: kind
    for kind in (
        Malformed,
        Unauthenticated,
        Forbidden,
        NotFound,
        Conflict,
        Gone,
        TooLarge,
        UnsupportedMedia,
        Invalid,
        TooMany,
    )
}


def init_app(app: Flask) -> None:
    app.register_error_handler(TrackeepError, show_error)
    app.register_error_handler(HTTPError, _from_apiflask)
    app.register_error_handler(HTTPException, _from_http)
    app.register_error_handler(DataError, lambda _error: show_error(Malformed()))
    app.register_error_handler(OverflowError, _from_unexpected)
    app.register_error_handler(OperationalError, _from_database)
    app.register_error_handler(OSError, _from_system)
    app.register_error_handler(PoolTimeout, _from_database)
    app.register_error_handler(Exception, _from_unexpected)


def show_error(error: TrackeepError) -> AnyResponse:
    """The problem document, or the page with the same words; a page's visitor who is nobody is sent to sign in. Whoever
    comes with a token is a program, for which no frame is drawn wherever it went by mistake."""
    if wants_json():
        response = _problem(error)
    elif isinstance(error, Unauthenticated) and "HX-Request" not in request.headers:
        return redirect(url_for("accounts.sign_in", next=_way_back()), 303)
    elif security.bearer_token(request) is not None:
        response = _problem(error)
    else:
        response = _page(error)
    retry_after = error.extra.get("retry_after")
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


def wants_json() -> bool:
    accept = request.accept_mimetypes
    return (
        request.path.startswith("/api/") or accept.best_match(["text/html", "application/json"]) == "application/json"
    )


def problem(error: TrackeepError) -> dict[str, object]:
    """The problem document (RFC 9457) of an error."""
    return {
        "type": f"about:blank#{error.code}",
        "title": str(error.title),
        "status": error.status,
        "detail": str(error.detail),
        "request_id": g.get("request_id", ""),
        **(
            {"errors": {name: [str(text) for text in texts] for name, texts in error.fields.items()}}
            if error.fields
            else {}
        ),
        **error.extra,
    }


def _problem(error: TrackeepError) -> Response:
    response = templating.json_response(problem(error), error.status)
    response.mimetype = "application/problem+json"
    return response


def _page(error: TrackeepError) -> Response:
    if isinstance(error, Unauthenticated):
        return templating.hx_redirect(url_for("accounts.sign_in", next=_way_back()))
    return templating.page("error.html", status=error.status, error=error)


def _way_back() -> str:
    return request.script_root + (request.full_path.rstrip("?") if request.method == "GET" else "/")


def _from_apiflask(error: HTTPError) -> AnyResponse:
    kind = _BY_STATUS.get(error.status_code, TrackeepError)
    invalid = error.__cause__
    return show_error(kind(fields=complaints(invalid) if isinstance(invalid, ValidationError) else {}))


def _from_http(error: HTTPException) -> AnyResponse:
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()
    if isinstance(error, SecurityError):
        # No page, for there is no host to which its links could lead.
        return Response(
            "This server is not called by this name. ALLOWED_HOSTS lists its names.\n", 400, mimetype="text/plain"
        )
    kind = _BY_STATUS.get(error.code or 500)
    if kind is not None:
        return show_error(kind())
    other = TrackeepError(error.description)
    other.status, other.code, other.title = error.code or 500, "http", error.name  # type: ignore[misc]  # one of the rare statuses
    response = show_error(other)
    for name, value in error.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def _from_database(error: Exception) -> AnyResponse:
    log.error(
        "database_unreachable",
        error=str(error.orig if isinstance(error, DBAPIError) else error)[:300],
    )
    if any(words in str(error) for words in FULL_DISK):
        return show_error(NoRoom())
    do_without_actor()
    return show_error(Unavailable(retry_after=RETRY_AFTER_SECONDS))


def _from_system(error: OSError) -> AnyResponse:
    if error.errno not in (errno.ENOSPC, errno.EDQUOT):
        return _from_unexpected(error)
    log.error("disk_full", path=shown_path(request.path), error=str(error))
    return show_error(NoRoom())


def _from_unexpected(error: Exception) -> AnyResponse:
    log.error("unexpected_error", path=shown_path(request.path), kind=type(error).__name__, exc_info=error)
    return show_error(TrackeepError())
