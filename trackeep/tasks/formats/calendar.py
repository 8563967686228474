"""iCalendar's VTODO going out."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Timezone, Todo, vRecur, vText

from trackeep.tasks.formats.drafts import TaskDraft
from trackeep.tasks.formats.vtodo import FROM_COMPLETION, OWN_PROPERTIES, STATUSES

_PRIORITIES = {4: 1, 3: 3, 2: 5, 1: 9}
_STATUSES = {ours: theirs for theirs, ours in STATUSES.items()}


def written(tasks: Iterable[TaskDraft], *, name: str, zone: ZoneInfo, now: datetime) -> Iterator[bytes]:
    """The file piece by piece. Times are on the clock of ``zone``, so that what comes again keeps its hour."""
    calendar = Calendar()
    calendar.add("prodid", "-//Trackeep//Tasks//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", vText(name))
    if zone.key != "UTC":
        calendar.add_component(Timezone.from_tzid(zone.key))
    head, end, _rest = calendar.to_ical().partition(b"END:VCALENDAR")
    yield head
    for task in tasks:
        yield _todo(task, zone, now).to_ical()
    yield end + b"\r\n"


def _todo(task: TaskDraft, zone: ZoneInfo, now: datetime) -> Todo:
    todo = Todo()
    todo.add("uid", task.key or f"task-{task.number}")
    todo.add("dtstamp", now.astimezone(UTC))
    todo.add("summary", task.title)
    todo.add("status", _STATUSES[task.status])
    due = _time(task.due_on, task.due_at, zone)
    start = _time(task.start_on, task.start_at, zone)
    if task.recurrence:
        todo.add("rrule", vRecur.from_ical(task.recurrence))
        start = start or due
    values = {
        "description": task.notes,
        "due": due,
        "dtstart": start,
        "priority": _PRIORITIES.get(task.priority),
        "percent-complete": task.progress,
        "categories": list(task.tags),
        "related-to": task.parent_key,
        "created": task.created_at,
        "completed": task.completed_at,
        **{own: vText(text) for field, own in OWN_PROPERTIES.items() if (text := getattr(task, field))},
        FROM_COMPLETION: vText("COMPLETION") if task.recurs_from == "completion" else None,
    }
    for name, value in values.items():
        if value:
            todo.add(name, value)
    if task.estimate_minutes is not None:
        todo.add("estimated-duration", vText(f"PT{task.estimate_minutes}M"))
    for comment in task.comments:
        todo.add("comment", comment)
    for minutes in task.reminders:
        todo.add_component(_alarm(task, minutes))
    return todo


def _alarm(task: TaskDraft, minutes: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", task.title)
    alarm.add("trigger", -timedelta(minutes=minutes), parameters={"RELATED": "END"})
    return alarm


def _time(day: date | None, moment: datetime | None, zone: ZoneInfo) -> date | None:
    return moment.astimezone(zone) if moment else day
