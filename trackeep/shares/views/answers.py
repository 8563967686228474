"""What forms about links are answered, and what addresses ask for."""

import json

from flask import Response, request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating


def told(object_id: int, text: str) -> AnyResponse:
    """Say what has happened and let what shows links draw itself again; without scripts go to the thing's page."""
    if "X-Form" not in request.headers and not templating.wants_partial():
        return redirect(url_for("shares.show", object_id=object_id), 303)
    message = {"text": text, "kind": "done"}
    return Response("", 204, headers={"HX-Trigger": json.dumps({"toast": message, "list-changed": {}})})


def asked(name: str) -> dict[str, str]:
    return {name: request.args[name]} if request.args.get(name) else {}
