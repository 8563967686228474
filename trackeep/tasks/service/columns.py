"""The columns of a task that follow from what a person wants: checked texts, days and moments, rules."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.titles import one_line
from trackeep.tasks import recurrence
from trackeep.tasks.models import MAX_NOTES, MAX_RECURRENCE, MAX_TITLE, NO_TIME
from trackeep.tasks.zones import day_in, is_in_calendar, minute_in

MAX_ESTIMATE = 60 * 24 * 365
SIMPLE = ("priority", "estimate_minutes", "progress", "assignee_id", "recurs_from")


def checked(wanted: Mapping[str, Any], zone: str) -> dict[str, Any]:
    """The columns for the parts that are wanted; raises Invalid, each complaint at its field."""
    values = {name: wanted[name] for name in SIMPLE if name in wanted}
    if "title" in wanted:
        values["title"] = _title(wanted["title"])
    if "notes" in wanted:
        values["notes"] = _limited("notes", wanted["notes"], MAX_NOTES)
    if "recurrence" in wanted:
        values["recurrence"] = checked_rule(wanted["recurrence"])
    _check_number("estimate_minutes", values.get("estimate_minutes"), MAX_ESTIMATE)
    _check_number("progress", values.get("progress"), 100)
    values |= due_columns(wanted, zone)
    values |= _days("start", wanted, zone)
    return {name: int(value) if name == "priority" else value for name, value in values.items()}


def due_columns(wanted: Mapping[str, Any], zone: str) -> dict[str, Any]:
    """Day, moment and minute belong together: whoever sets one sets all."""
    values = _days("due", wanted, zone)
    if values:
        moment: datetime | None = values["due_at"]
        values["due_minute"] = NO_TIME if moment is None else minute_in(zone, moment)
    return values


def checked_rule(text: str) -> str:
    """The normal form of the rule by which a task repeats, or nothing; raises Invalid."""
    if not text.strip():
        return ""
    if len(text) > MAX_RECURRENCE:
        raise Invalid(fields={"recurrence": [_("At most %(limit)s characters.", limit=MAX_RECURRENCE)]})
    try:
        return recurrence.checked(text)
    except recurrence.UnusableRule as error:
        raise Invalid(fields={"recurrence": [error.reason]}) from error


def _days(name: str, wanted: Mapping[str, Any], zone: str) -> dict[str, Any]:
    day_name, moment_name = f"{name}_on", f"{name}_at"
    if wanted.get(moment_name) is not None:
        moment: datetime = wanted[moment_name]
        check_calendar(moment_name, moment)
        day = day_in(zone, moment)
        check_calendar(moment_name, day)
        return {day_name: day, moment_name: moment}
    if day_name in wanted:
        if wanted[day_name] is not None:
            check_calendar(day_name, wanted[day_name])
        return {day_name: wanted[day_name], moment_name: None}
    return {}


def check_calendar(name: str, when: date) -> None:
    """Raises Invalid for a day or a moment that no task can have."""
    if not is_in_calendar(when):
        raise Invalid(fields={name: [_("Choose a day between the years 1970 and 9000.")]})


def _title(text: str) -> str:
    title = one_line(text)
    if not title:
        raise Invalid(fields={"title": [_("A task needs a title.")]})
    return _limited("title", title, MAX_TITLE)


def _limited(name: str, text: str, limit: int) -> str:
    if len(text) > limit:
        complaint = _("At most %(limit)s characters; this has %(length)s.", limit=limit, length=len(text))
        raise Invalid(fields={name: [complaint]})
    return text


def _check_number(name: str, number: int | None, most: int) -> None:
    if number is not None and not 0 <= number <= most:
        raise Invalid(fields={name: [_("A number from 0 to %(most)s.", most=most)]})
