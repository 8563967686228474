"""How a change is answered: without scripts by another page, with them by a message and what has changed."""

import json

from flask import Response, request
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating


def by_script() -> bool:
    return "X-Form" in request.headers or templating.wants_partial()


def told(
    text: str, back: str, *, undo_url: str = "", response: Response | None = None, redraw: bool = True
) -> AnyResponse:
    """Say what has happened; with ``redraw`` what listens draws itself again. Without scripts the page at ``back``."""
    if not by_script():
        return redirect(back, 303)
    response = response or Response("", 204)
    message = {"text": text, "kind": "done", **({"undo_url": undo_url} if undo_url else {})}
    response.headers["HX-Trigger"] = json.dumps({"toast": message, **({"list-changed": {}} if redraw else {})})
    return response
