"""The month with its tasks, one day of it, and a task that moves to another day."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated, NamedTuple

from babel.dates import format_date, format_skeleton
from flask import Response, request, url_for
from flask_babel import gettext as _
from pydantic import Field
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.actor import Actor
from trackeep.core.schemas import InputSchema, parse
from trackeep.core.web.chosen_space import chosen_space
from trackeep.core.web.identity import current_actor
from trackeep.core.web.shell import week_start_of
from trackeep.tasks import queries, service
from trackeep.tasks.drafts import TaskChanges
from trackeep.tasks.filters import Filters, Sort, View
from trackeep.tasks.queries import Coming, TaskItem
from trackeep.tasks.schemas.fields import Cursor, Id
from trackeep.tasks.schemas.fields import Day as DayIn
from trackeep.tasks.views.answers import told
from trackeep.tasks.views.cards import cards_of
from trackeep.tasks.views.door import blueprint
from trackeep.tasks.views.moments import check_unmoved
from trackeep.tasks.wording import Today, clock_words, day_words, today_in
from trackeep.tasks.zones import day_in, same_time_on

WEEKS, WEEK = 6, 7
SHOWN = 4
PAGE_SIZE = 50


class Entry(NamedTuple):
    """A task on its day; ``coming`` is a time at which one will come again, which nobody can move yet."""

    id: int
    title: str
    href: str
    clock: str
    hue: str
    is_open: bool
    coming: bool


class DayBox(NamedTuple):
    """A day of the month. ``more`` is how many there is no room for."""

    iso: str
    number: int
    heading: str
    url: str
    entries: Sequence[Entry]
    more: int
    is_outside: bool
    is_today: bool
    is_past: bool


class MonthQuery(InputSchema):
    month: Annotated[str, Field(pattern=r"^(19[7-9]\d|2\d{3})-(0[1-9]|1[0-2])$")] | None = None
    project: Id | None = None


class DayQuery(InputSchema):
    project: Id | None = None
    cursor: Cursor = None


class NewDayIn(InputSchema):
    day: DayIn


@blueprint.get("/calendar")
def calendar() -> Response:
    actor = current_actor()
    given = parse(MonthQuery, _known(MonthQuery))
    today = today_in(actor.time_zone)
    shown = date.fromisoformat(f"{given.month}-01") if given.month else today.day.replace(day=1)
    project = queries.get_project(actor, given.project) if given.project else None
    week_start = week_start_of(actor)
    first = shown - timedelta((shown.weekday() - week_start) % WEEK)
    return templating.page(
        "tasks/calendar.html",
        block="month",
        project=project,
        title=str(format_skeleton("yMMMM", shown, locale=today.locale)),
        weekdays=_weekdays(first, today.locale),
        days=_boxes(actor, shown, first, given.project, today),
        address=_month_url(shown, given.project),
        before=_month_url(shown - timedelta(1), given.project),
        after=_month_url(shown + timedelta(32), given.project),
        this_month=_month_url(None, given.project),
        is_this_month=shown == today.day.replace(day=1),
    )


@blueprint.get("/calendar/<string:day>")
def calendar_day(day: str) -> Response:
    """All tasks of one day."""
    actor = current_actor()
    wanted = parse(NewDayIn, {"day": day}).day
    given = parse(DayQuery, _known(DayQuery))
    filters = replace(_filters(actor, given.project), view=View.ALL, due_from=wanted, due_to=wanted)
    page = queries.list_tasks(actor, filters, sort=Sort.DUE, cursor=given.cursor, limit=PAGE_SIZE)
    more = {"day": day, "project": given.project, "cursor": page.next_cursor}
    return templating.page(
        "tasks/day.html",
        block="day",
        heading=heading_of(wanted, today_in(actor.time_zone)),
        cards=cards_of(actor, page.items),
        next_url=url_for("tasks.calendar_day", **more) if page.next_cursor else "",  # type: ignore[arg-type]  # parts of the address
        coming=queries.coming_tasks(actor, wanted, wanted, _filters(actor, given.project)).get(wanted.isoformat(), []),
        back=_month_url(wanted, given.project),
    )


@blueprint.post("/<int:task_id>/day")
def move_to_day(task_id: int) -> AnyResponse:
    """Another due day; a time of day stays."""
    actor = current_actor()
    day = parse(NewDayIn, {"day": request.form.get("day", request.args.get("day", ""))}).day
    task = queries.get_task(actor, task_id)
    before = _day_of(task, actor.time_zone)
    check_unmoved(request.args.get("left"), before.isoformat() if before else "")
    service.edit_task(actor, task_id, _on_day(task, day, actor.time_zone))
    back = url_for("tasks.move_to_day", task_id=task_id, day=before.isoformat(), left=day.isoformat()) if before else ""
    words = _("Due %(day)s", day=heading_of(day, today_in(actor.time_zone)))
    return told(words, undo_url=back, redraw=bool(task.recurrence) or "day" in request.args, task_id=task_id)


def _on_day(task: TaskItem, day: date, zone: str) -> TaskChanges:
    return {"due_on": day} if task.due_at is None else {"due_at": same_time_on(day, task.due_at, zone)}


def _day_of(task: TaskItem, zone: str) -> date | None:
    return day_in(zone, task.due_at) if task.due_at is not None else task.due_on


def _boxes(actor: Actor, shown: date, first: date, project_id: int | None, today: Today) -> list[DayBox]:
    last, filters = first + timedelta(WEEKS * WEEK - 1), _filters(actor, project_id)
    days = queries.month_days(actor, first, last, filters)
    coming = queries.coming_tasks(actor, max(first, today.day), last, filters) if last >= today.day else {}
    hues = {project.id: project.colour for project in queries.project_tree(actor, archived=True)}
    boxes = []
    for number in range(WEEKS * WEEK):
        day = first + timedelta(number)
        iso = day.isoformat()
        due = days.get(iso)
        entries = [_entry(item, hues, today) for item in (due.first if due else ())]
        entries += [_coming(each, today) for each in coming.get(iso, ())]
        total = (due.total if due else 0) + len(coming.get(iso, ()))
        boxes.append(_box(day, shown, today, entries[:SHOWN], total, project_id))
    return boxes


def _box(day: date, shown: date, today: Today, entries: Sequence[Entry], total: int, project_id: int | None) -> DayBox:
    return DayBox(
        iso=day.isoformat(),
        number=day.day,
        heading=heading_of(day, today),
        url=url_for("tasks.calendar_day", day=day.isoformat(), project=project_id),
        entries=entries,
        more=total - len(entries),
        is_outside=(day.year, day.month) != (shown.year, shown.month),
        is_today=day == today.day,
        is_past=day < today.day,
    )


def _entry(item: TaskItem, hues: Mapping[int, str], today: Today) -> Entry:
    clock = clock_words(item.due_at, today) if item.due_at is not None else ""
    hue = hues.get(item.project_id or 0, "")
    return Entry(item.id, item.title, url_for("tasks.show", task_id=item.id), clock, hue, item.is_open, False)


def _coming(coming: Coming, today: Today) -> Entry:
    clock = clock_words(coming.at, today) if coming.at is not None else ""
    return Entry(coming.task_id, coming.title, url_for("tasks.show", task_id=coming.task_id), clock, "", True, True)


def _filters(actor: Actor, project_id: int | None) -> Filters:
    return Filters(project_id=project_id) if project_id else Filters(space_id=chosen_space(actor))


def heading_of(day: date, today: Today) -> str:
    """'Tomorrow, Sat, Nov 28'; of days that are not next to today only the date."""
    short = str(format_skeleton("MMMEd", day, locale=today.locale))
    near = abs((day - today.day).days) <= 1
    return f"{day_words(day, today)}, {short}" if near else short


def _weekdays(first: date, locale: str) -> list[tuple[str, str]]:
    """Short and whole."""
    days = [first + timedelta(number) for number in range(WEEK)]
    return [(str(format_date(day, "EEE", locale=locale)), str(format_date(day, "EEEE", locale=locale))) for day in days]


def _month_url(day: date | None, project_id: int | None) -> str:
    return url_for("tasks.calendar", month=day.strftime("%Y-%m") if day else None, project=project_id)


def _known(schema: type[InputSchema]) -> dict[str, str]:
    return {name: request.args[name] for name in schema.model_fields if request.args.get(name)}
