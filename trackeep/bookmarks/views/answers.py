"""How a change is answered: without scripts by going back to the list, with them by what has changed and a message."""

import json

from flask import Response, request
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.bookmarks.views.places import place_before
from trackeep.core import templating


def by_script() -> bool:
    return "X-Form" in request.headers or templating.wants_partial()


def told(
    text: str, *, undo_url: str = "", response: Response | None = None, redraw: bool = True, close: bool = False
) -> AnyResponse:
    """Say what has happened; with ``redraw`` lists that listen draw themselves again, with ``close`` the panel goes."""
    if not by_script():
        return redirect(place_before().url(), 303)
    response = response or Response("", 204)
    message = {"text": text, "kind": "done", **({"undo_url": undo_url} if undo_url else {})}
    triggers: dict[str, object] = {"toast": message}
    if redraw:
        triggers["list-changed"] = {}
    if close:
        triggers["panel:close"] = {}
    response.headers["HX-Trigger"] = json.dumps(triggers)
    return response
