"""Whether this process lives and whether it can serve."""

from flask import Flask, Response
from sqlalchemy import text

from trackeep.core import db
from trackeep.core.templating import json_response


def init_app(app: Flask) -> None:
    app.add_url_rule("/health/live", "health_live", live)
    app.add_url_rule("/health/ready", "health_ready", ready)


def live() -> Response:
    return json_response({"status": "ok"})


def ready() -> Response:
    """200 while the database answers; an unreachable one raises and becomes a 503."""
    db.session().execute(text("SELECT 1"))
    return json_response({"status": "ok"})
