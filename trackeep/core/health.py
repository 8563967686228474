"""Whether this process lives and can serve. Whoever asks learns one word; the reasons are for administrators."""

from enum import StrEnum

from flask import Flask, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from trackeep.core import db, ext
from trackeep.core.templating import json_response

RETRY_AFTER_SECONDS = 2


class Health(StrEnum):
    """Degraded: some use of Redis is given up for the moment, so that pages are slower; everything works."""

    OK = "ok"
    DEGRADED = "degraded"
    UNAVAILABLE = "unavailable"


def init_app(app: Flask) -> None:
    app.add_url_rule("/health/live", "health_live", live)
    app.add_url_rule("/health/ready", "health_ready", ready)


def live() -> Response:
    return json_response({"status": Health.OK})


def ready() -> Response:
    """200 while the database answers, whether Redis does or not; else 503."""
    health = current_health()
    if health is not Health.UNAVAILABLE:
        return json_response({"status": health})
    response = json_response({"status": health}, 503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def current_health() -> Health:
    """Nobody is kept waiting for Redis by this question: what requests have met of it is known."""
    try:
        db.session().execute(text("SELECT 1"))
    except SQLAlchemyError:
        return Health.UNAVAILABLE
    is_away = any(client.breaker.is_open for client in ext.redis().all())
    return Health.DEGRADED if is_away else Health.OK
