"""Due tasks as events: what calendar programs show that know no tasks."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, vRecur, vText

from trackeep.tasks.formats.drafts import TaskDraft

HALF_HOUR = 30
DONE = "✓ "


def written(tasks: Iterable[TaskDraft], *, name: str, zone: ZoneInfo, now: datetime) -> Iterator[bytes]:
    """The file piece by piece. A task with a time takes as long as was estimated, or half an hour; one without is at
    the top of its day and keeps nobody busy."""
    calendar = Calendar()
    calendar.add("prodid", "-//Trackeep//Tasks//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", vText(name))
    calendar.add("x-published-ttl", vText("PT1H"))
    if zone.key != "UTC":
        calendar.add_component(Timezone.from_tzid(zone.key))
    head, end, _rest = calendar.to_ical().partition(b"END:VCALENDAR")
    yield head
    for task in tasks:
        if task.due_on is not None:
            yield _event(task, zone, now).to_ical()
    yield end + b"\r\n"


def _event(task: TaskDraft, zone: ZoneInfo, now: datetime) -> Event:
    event = Event()
    event.add("uid", task.key)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", f"{DONE}{task.title}" if task.status == "done" else task.title)
    if task.notes:
        event.add("description", task.notes)
    if task.due_at is not None:
        begin = task.due_at.astimezone(zone)
        event.add("dtstart", begin)
        event.add("dtend", begin + timedelta(minutes=task.estimate_minutes or HALF_HOUR))
    elif task.due_on is not None:
        event.add("dtstart", task.due_on)
        event.add("dtend", task.due_on + timedelta(days=1))
    event.add("transp", "OPAQUE" if task.due_at is not None else "TRANSPARENT")
    # When it comes again after its completion is not known before.
    if task.recurrence and task.recurs_from == "due":
        event.add("rrule", vRecur.from_ical(task.recurrence))
    if task.tags:
        event.add("categories", list(task.tags))
    for minutes in task.reminders:
        event.add_component(_alarm(task, minutes))
    return event


def _alarm(task: TaskDraft, minutes: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", task.title)
    alarm.add("trigger", -timedelta(minutes=minutes))
    return alarm
