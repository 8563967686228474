"""When a task is due and when it starts: a day, perhaps a time of day, chosen with one press or written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal
from urllib.parse import urlencode

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.actor import Actor
from trackeep.core.errors import Gone, Invalid
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.web.identity import current_actor
from trackeep.tasks import queries, service
from trackeep.tasks.drafts import TaskChanges
from trackeep.tasks.queries import TaskItem
from trackeep.tasks.views.answers import told
from trackeep.tasks.views.door import blueprint
from trackeep.tasks.wording import day_words, due_of, near_days, today_in
from trackeep.tasks.zones import zone_of

Which = Literal["due", "start"]
TOO_LARGE_ID = 2**63


@dataclass(frozen=True, slots=True)
class _Moment:
    """What a task says of it: a day, or a time from which the day follows."""

    on: date | None
    at: datetime | None


@blueprint.get("/<int:task_id>/due")
def choose_due(task_id: int) -> Response:
    return _choose(task_id, "due")


@blueprint.post("/<int:task_id>/due")
def set_due(task_id: int) -> AnyResponse:
    """``on`` is a day or empty for none; ``clock`` a time of day, empty for none, and when missing it stays."""
    return _set(task_id, "due")


@blueprint.get("/<int:task_id>/start")
def choose_start(task_id: int) -> Response:
    return _choose(task_id, "start")


@blueprint.post("/<int:task_id>/start")
def set_start(task_id: int) -> AnyResponse:
    """With the fields of ``set_due``."""
    return _set(task_id, "start")


def _choose(task_id: int, which: Which) -> Response:
    actor = current_actor()
    task = queries.get_task(actor, task_id)
    actor.require_write(task.space_id)
    today, moment = today_in(actor.time_zone), _moment_of(task, which)
    chosen = due_of(moment.on, moment.at, today)
    return templating.page(
        "tasks/moment.html",
        block="choice",
        task=task,
        name=_("Due date") if which == "due" else _("Start"),
        url=_address(task_id, which),
        near=[(each, day_words(each.day, today)) for each in near_days(today.day)],
        day=chosen.day.isoformat() if chosen else "",
        clock=_local(actor, moment.at).strftime("%H:%M") if moment.at else "",
    )


def _set(task_id: int, which: Which) -> AnyResponse:
    actor = current_actor()
    before = _moment_of(queries.get_task(actor, task_id), which)
    check_unmoved(request.args.get("left"), _as_text(actor, before))
    back = _change(actor, task_id, _changes(actor, before, which), which)
    after = _moment_of(queries.get_task(actor, task_id), which)
    fields = {**_fields(actor, before), "left": _as_text(actor, after), **back}
    undo_url = f"{_address(task_id, which)}?{urlencode(fields)}"
    return told(_words(actor, after, which), undo_url=undo_url, task_id=task_id)


def _change(actor: Actor, task_id: int, changes: TaskChanges, which: Which) -> Mapping[str, str]:
    """Answers what the way back needs besides the moment: the reminders that went with it, by their number."""
    kept = request.args.get("kept", type=int)
    if which == "start":
        service.edit_task(actor, task_id, changes)
    elif kept is not None and 0 < kept < TOO_LARGE_ID:
        service.set_due_back(actor, task_id, changes, kept)
    elif (kept := service.set_due(actor, task_id, changes)) is not None:
        return {"kept": str(kept)}
    return {}


def _moment_of(task: TaskItem, which: Which) -> _Moment:
    return _Moment(task.due_on, task.due_at) if which == "due" else _Moment(task.start_on, task.start_at)


def _address(task_id: int, which: Which) -> str:
    return url_for(f"tasks.set_{which}", task_id=task_id)


def _words(actor: Actor, moment: _Moment, which: Which) -> str:
    shown = due_of(moment.on, moment.at, today_in(actor.time_zone))
    if which == "due":
        return str(_("Due: %(day)s", day=shown.words) if shown else _("No due date any more"))
    return str(_("Starts: %(day)s", day=shown.words) if shown else _("No start any more"))


def _changes(actor: Actor, before: _Moment, which: Which) -> TaskChanges:
    text, clock_text = request.values.get("on", ""), request.values.get("clock")
    if not text:
        return _named(which, None)
    day = _day(text)
    if clock_text is None:
        clock = _local(actor, before.at).time() if before.at is not None else None
    else:
        clock = _time(clock_text) if clock_text else None
    return _named(which, day if clock is None else datetime.combine(day, clock, zone_of(actor.time_zone)))


def _named(which: Which, value: date | datetime | None) -> TaskChanges:
    if isinstance(value, datetime):
        return {"due_at": value} if which == "due" else {"start_at": value}
    return {"due_on": value} if which == "due" else {"start_on": value}


def _fields(actor: Actor, moment: _Moment) -> Mapping[str, str]:
    """What leads back to it."""
    if moment.at is not None:
        local = _local(actor, moment.at)
        return {"on": local.date().isoformat(), "clock": local.strftime("%H:%M")}
    return {"on": moment.on.isoformat() if moment.on else "", "clock": ""}


def _as_text(actor: Actor, moment: _Moment) -> str:
    return "T".join(_fields(actor, moment).values())


def check_unmoved(left: str | None, now: str) -> None:
    """An undo says where its change had left the task, and does not undo a later one. Raises Gone."""
    if left is not None and left != now:
        raise Gone(_l("It was moved again since, so it stays where it is."))


def _local(actor: Actor, moment: datetime) -> datetime:
    return moment.astimezone(zone_of(actor.time_zone))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(fields={"on": [_("This is no day.")]}) from error


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError as error:
        raise Invalid(fields={"clock": [_("This is no time of day.")]}) from error
