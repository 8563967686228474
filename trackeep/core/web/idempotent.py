"""The Idempotency-Key header: a decorator for routes that create something."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, current_app, request

from trackeep.core import idempotency
from trackeep.core.actor import Actor
from trackeep.core.openapi.document import TAKES_KEY
from trackeep.core.web.identity import current_actor

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEPT_HEADERS = ("Content-Type", "Location", "ETag")

View = TypeVar("View", bound=Callable[..., Any])


def idempotent(view: View) -> View:
    """With the header, the view takes effect once and a repeated request gets the same answer; without it, or for
    somebody who is not signed in, nothing is different. Errors are not kept: the request may be repeated. Goes below
    the route and above what validates and serialises. The route's description tells that it takes the header."""

    @wraps(view)
    def wrapped(*arguments: Any, **named: Any) -> Any:
        key = request.headers.get(HEADER)
        actor = current_actor()
        if key is None or actor.user_id is None:
            return view(*arguments, **named)

        def run() -> dict[str, Any]:
            return _stored(current_app.make_response(view(*arguments, **named)))

        stored, replayed = idempotency.once(actor, key, _fingerprint(actor), run)
        return _response(stored, replayed=replayed)

    # What the generator of the OpenAPI document reads: it has no decorator for a header that no schema describes.
    description = wrapped.__dict__.setdefault("_spec", {})
    description["extensions"] = {**(description.get("extensions") or {}), TAKES_KEY: True}
    return cast(View, wrapped)


def _fingerprint(actor: Actor) -> str:
    """Of the request and of what its sender may do: a token must not read an answer that it could not have had."""
    may = "everything" if actor.scopes is None else " ".join(sorted(actor.scopes))
    head = f"{request.method} {request.full_path}\n{may}\n".encode()
    return hashlib.sha256(head + request.get_data()).hexdigest()


def _stored(response: Response) -> dict[str, Any]:
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    return {"status": response.status_code, "headers": headers, "body": response.get_data(as_text=True)}


def _response(stored: dict[str, Any], *, replayed: bool) -> Response:
    response = Response(stored["body"], stored["status"], stored["headers"])
    if replayed:
        response.headers[REPLAYED] = "true"
    return response
