"""Daily notes: the note of a day, the days around it, and making it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Response, request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.actor import Actor
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import target_space
from trackeep.core.web.identity import current_actor
from trackeep.core.web.shell import week_start_of
from trackeep.notes import queries, service
from trackeep.notes.queries import NoteItem
from trackeep.notes.schemas import DailyIn
from trackeep.notes.views.choices import template_choices
from trackeep.notes.views.door import blueprint
from trackeep.notes.views.frame import tree_of

WEEK = 7
FIRST, LAST = date(1970, 1, 8), date(2999, 12, 20)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the strip above a daily note."""

    day: date
    is_written: bool
    is_shown: bool
    is_today: bool


@dataclass(frozen=True, slots=True)
class Week:
    """The week of the day on show, and the days before and after it."""

    shown: date
    before: date
    after: date
    days: list[Day]


@blueprint.get("/daily")
def daily() -> AnyResponse:
    """The note of the day that the address names, by default of today; where there is none, a way to begin it."""
    actor = current_actor()
    space_id = target_space(actor)
    day = _asked().day or service.local_now(actor).date()
    found = queries.find_daily(actor, space_id, day)
    if found is not None:
        return redirect(url_for("notes.detail", note_id=found), 302)
    return _unwritten(actor, space_id, day)


@blueprint.post("/daily")
def begin_day() -> AnyResponse:
    actor = current_actor()
    given = parse(DailyIn, {name: request.form[name] for name in ("day", "template_id") if request.form.get(name)})
    note_id = service.daily_note(actor, target_space(actor), given.day, template_id=given.template_id)
    return redirect(url_for("notes.write", note_id=note_id), 303)


def day_frame(actor: Actor, note: NoteItem) -> dict[str, Any]:
    """The week around a daily note; nothing for others."""
    return {"week": week_of(actor, note.space_id, note.daily_on) if note.daily_on else None}


def week_of(actor: Actor, space_id: int, shown: date) -> Week:
    shown = min(max(shown, FIRST), LAST)
    first = shown - timedelta(days=(shown.weekday() - week_start_of(actor)) % WEEK)
    days = [first + timedelta(days=number) for number in range(WEEK)]
    written = set(queries.daily_days(actor, space_id, days[0], days[-1]))
    today = service.local_now(actor).date()
    around = [Day(day, day in written, day == shown, day == today) for day in days]
    return Week(shown, shown - timedelta(days=1), shown + timedelta(days=1), around)


def _asked() -> DailyIn:
    return parse(DailyIn, {"day": request.args["day"]} if request.args.get("day") else {})


def _unwritten(actor: Actor, space_id: int, day: date) -> Response:
    return templating.page(
        "notes/daily.html",
        day=day,
        week=week_of(actor, space_id, day),
        templates=template_choices(actor, space_id),
        tree=tree_of(actor, space_id),
    )
