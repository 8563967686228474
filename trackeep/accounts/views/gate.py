"""Before every page: on the first run all ways lead to the set-up."""

from flask import Blueprint, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from trackeep.accounts import service as accounts

SET_UP = "trackeep.accounts.set_up"
_INSTALLED = ("/manifest.webmanifest", "/service-worker.js", "/offline", "/opensearch.xml")
_OPEN = ("/static/", "/health/", "/api/", *_INSTALLED)


def register(blueprint: Blueprint) -> None:
    blueprint.before_app_request(lead_to_set_up)


def lead_to_set_up() -> Response | None:
    """Remembered once there is an account: afterwards this costs nothing."""
    if current_app.extensions.get(SET_UP) or request.path.startswith(_OPEN):
        return None
    if accounts.is_set_up():
        current_app.extensions[SET_UP] = True
        return None
    if request.endpoint == "accounts.set_up":
        return None
    return redirect(url_for("accounts.set_up"), 303)
