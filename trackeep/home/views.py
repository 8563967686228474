"""The home page and what one does to its cards."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from trackeep.core import clock, templating
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.web.identity import current_actor
from trackeep.home import queries, service
from trackeep.home.greeting import DayPart, day_part

blueprint = Blueprint("home", __name__, template_folder="templates")

_VERBS: dict[str, Callable[[Actor, str], None]] = {
    "earlier": lambda actor, name: service.move_card(actor, name=name, step=-1),
    "later": lambda actor, name: service.move_card(actor, name=name, step=1),
    "hide": lambda actor, name: service.hide_card(actor, name=name),
    "show": lambda actor, name: service.hide_card(actor, name=name, hidden=False),
}


@blueprint.get("/")
def show_home() -> Response:
    actor = current_actor()
    actor.require_user()
    return _page(actor)


@blueprint.post("/home/cards/<name>/<verb>")
def change_card(name: str, verb: str) -> Response:
    actor = current_actor()
    actor.require_user()
    if verb not in _VERBS:
        raise NotFound()
    _VERBS[verb](actor, name)
    return _answer(actor)


@blueprint.post("/home/welcome/away")
def put_welcome_away() -> Response:
    actor = current_actor()
    service.put_welcome_away(actor)
    return _answer(actor)


@blueprint.post("/home/reset")
def reset_cards() -> Response:
    actor = current_actor()
    service.reset_cards(actor)
    return _answer(actor)


def _answer(actor: Actor) -> Response:
    if templating.wants_partial():
        return _page(actor)
    arrange = "1" if request.form.get("arrange") else None
    return redirect(url_for("home.show_home", arrange=arrange), 303)


def _page(actor: Actor) -> Response:
    now = clock.now()
    return templating.page(
        "home/home.html",
        block="home",
        greeting=_greeting(day_part(now, actor.time_zone)),
        today=_date(now, actor.time_zone),
        cards=queries.placed_cards(actor),
        steps=queries.first_steps(actor),
        arranging="arrange" in request.values,
    )


def _greeting(part: DayPart) -> str:
    words: dict[DayPart, str] = {
        DayPart.MORNING: _("Good morning"),
        DayPart.AFTERNOON: _("Good afternoon"),
        DayPart.EVENING: _("Good evening"),
        DayPart.NIGHT: _("Hello"),
    }
    return words[part]


def _date(moment: datetime, time_zone: str) -> str:
    return str(format_date(moment.astimezone(ZoneInfo(time_zone)).date(), "full"))
