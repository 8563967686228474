"""Whoever has just changed something sees it at once, also when another process answers the next request.

Other processes trust scope versions for a moment; a browser that has written says so for two seconds by a cookie, and
then they are read from SQL. A client with a token keeps no cookies, so it always gets what SQL says now."""

from flask import Flask, Response, g, has_request_context, request

from trackeep.core import ext, security
from trackeep.core.actor import Actor

COOKIE = "trackeep_wrote"
SECONDS = 2


def wants_exact() -> bool:
    """Whether the running request must not rely on versions that another process may have raised meanwhile."""
    if not has_request_context() or ext.settings().is_sqlite:
        return False  # one process has all writes of people
    if "wants_exact" not in g:
        g.wants_exact = COOKIE in request.cookies or security.bearer_token(request) is not None
    return bool(g.wants_exact)


def init_app(app: Flask) -> None:
    app.after_request(_mark)


def _mark(response: Response) -> Response:
    if request.method in security.SAFE_METHODS or ext.settings().is_sqlite:
        return response
    actor: Actor | None = g.get("actor")
    if actor is not None and actor.scopes is None:
        settings = ext.settings()
        response.set_cookie(
            COOKIE,
            "1",
            max_age=SECONDS,
            path=settings.base_path or "/",
            secure=settings.is_https,
            httponly=True,
            samesite="Lax",
        )
    return response
