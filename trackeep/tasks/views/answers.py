"""How a change is answered: without scripts by going back, with them by what has changed and a message."""

import json

from flask import Response, request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating


def by_script() -> bool:
    return "X-Form" in request.headers or templating.wants_partial()


def way_back(otherwise: str = "") -> str:
    """The page of tasks that a form came from, as its field ``back`` says; never another site."""
    base, back = url_for("tasks.index"), request.form.get("back", "")[:4_000]
    known = back == base or back.startswith((f"{base}?", f"{base}/"))
    return back if known and "\\" not in back else otherwise or base


def asked(task_id: int, *, giving_up: bool = False) -> AnyResponse:
    """What becomes of open tasks below it? The details draw themselves again, for they may show what was chosen."""
    url = url_for("tasks.ask_children", task_id=task_id, giving_up="1" if giving_up else None)
    if not by_script():
        return redirect(url, 303)
    response = Response("", 204)
    response.headers["HX-Trigger"] = json.dumps({"task-asks": {"url": url}, f"task-{task_id}-changed": {}})
    return response


def told(
    text: str = "",
    *,
    undo_url: str = "",
    response: Response | None = None,
    task_id: int | None = None,
    back: str = "",
    redraw: bool = True,
    close: bool = False,
) -> AnyResponse:
    """Say what has happened. With ``redraw`` lists draw themselves again, and so do the details of the task; with
    ``close`` the panel goes."""
    if not by_script():
        return redirect(way_back(back), 303)
    response = response or Response("", 204)
    triggers: dict[str, object] = {}
    if text:
        triggers["toast"] = {"text": text, "kind": "done", **({"undo_url": undo_url} if undo_url else {})}
    if redraw:
        triggers["list-changed"] = {}
    if task_id is not None:
        triggers[f"task-{task_id}-changed"] = {}
    if close:
        triggers["panel:close"] = {}
    response.headers["HX-Trigger"] = json.dumps(triggers)
    return response
