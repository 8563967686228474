"""How a change is answered: without scripts by a page, with them by what has changed and a message."""

import json

from flask import Response, request
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating


def told(text: str, *, way_on: str, undo_url: str = "", redraw: bool = True) -> AnyResponse:
    """Say what has happened; with ``redraw`` the list draws itself again. ``way_on`` is where a visitor without scripts
    goes, and whoever pressed a button of a page that is over."""
    if not templating.wants_partial() and "X-Form" not in request.headers:
        return redirect(way_on, 303)
    message = {"text": text, "kind": "done", **({"undo_url": undo_url} if undo_url else {})}
    triggers = {"toast": message, **({"list-changed": {}} if redraw else {})}
    return Response("", 204, headers={"HX-Trigger": json.dumps(triggers)})
