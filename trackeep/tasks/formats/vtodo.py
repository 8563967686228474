"""iCalendar's VTODO (RFC 5545) coming in: read property by property, so that a damaged one harms no other."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import IO
from zoneinfo import ZoneInfo

from icalendar import vDDDTypes
from icalendar.parser import Contentline, Contentlines
from icalendar.timezone import tzp

from trackeep.core.i18n import Text
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.tasks.formats.drafts import (
    MAX_ESTIMATE,
    MAX_NAME,
    MAX_REMINDERS,
    MAX_ROWS,
    NO_TITLE,
    Judge,
    Status,
    TaskDraft,
    UnreadableFile,
)
from trackeep.tasks.formats.tables import text_of

MAX_DEPTH = 10
OWN_PROPERTIES = {"project": "X-TRACKEEP-PROJECT", "section": "X-TRACKEEP-SECTION", "assignee": "X-TRACKEEP-ASSIGNEE"}
FROM_COMPLETION = "X-TRACKEEP-RECURS-FROM"
STATUSES: Mapping[str, Status] = {
    "NEEDS-ACTION": "open",
    "IN-PROCESS": "in_progress",
    "COMPLETED": "done",
    "CANCELLED": "cancelled",
}
# 1 is the highest of nine, 5 is medium, and 0 means that there is none.
_PRIORITIES = (0, 4, 3, 3, 3, 2, 1, 1, 1, 1)
# The library's own types say that there is never one.
_library_zone: Callable[[str], tzinfo | None] = tzp.timezone
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_LISTED = re.compile(r"(?:[^\\,]|\\.)+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Value:
    parameters: Mapping[str, str]
    raw: str

    @property
    def text(self) -> str:
        return _unescaped(self.raw)


@dataclass(slots=True)
class _Entry:
    values: dict[str, list[_Value]] = field(default_factory=dict)
    triggers: list[_Value] = field(default_factory=list)
    damaged: int = 0

    def first(self, name: str) -> _Value | None:
        return self.values[name][0] if name in self.values else None

    def text(self, name: str) -> str:
        found = self.first(name)
        return found.text if found else ""

    def raw(self, name: str) -> str:
        found = self.first(name)
        return found.raw.strip() if found else ""


@dataclass(frozen=True, slots=True)
class _Time:
    day: date | None = None
    moment: datetime | None = None


def is_calendar(head: str) -> bool:
    return head.lstrip("\ufeff \r\n\t")[:20].upper().startswith(("BEGIN:VCALENDAR", "BEGIN:VTODO"))


def read(stream: IO[bytes], *, zone: ZoneInfo) -> Iterator[TaskDraft]:
    """Times without a zone are on the clock of ``zone``. Raises UnreadableFile."""
    text = text_of(stream)
    if not is_calendar(text):
        raise UnreadableFile(_l("This is no calendar file: it does not begin with BEGIN:VCALENDAR."))
    lines = Contentlines.from_ical(text)  # type: ignore[no-untyped-call] # the library says no types here
    for number, entry in enumerate(_entries(lines), start=1):
        if number > MAX_ROWS:
            raise UnreadableFile(_l("The file has more than %(most)d tasks. Cut it in parts.", most=MAX_ROWS))
        yield _draft(number, entry, zone)


def _entries(lines: Sequence[Contentline]) -> Iterator[_Entry]:
    inside: list[str] = []
    entry = _Entry()
    for line in lines:
        name, _sign, value = line.partition(":")
        word = value.strip().upper()
        if name.strip().upper() == "BEGIN":
            if len(inside) < MAX_DEPTH:
                inside.append(word)
            entry = _Entry() if word == "VTODO" else entry
        elif name.strip().upper() == "END":
            if inside[-1:] == ["VTODO"] and word == "VTODO":
                yield entry
            if word in inside:
                del inside[len(inside) - 1 - inside[::-1].index(word) :]
        elif line and "VTODO" in inside:
            _keep(entry, inside[-1], line)


def _keep(entry: _Entry, component: str, line: Contentline) -> None:
    try:
        name, parameters, raw = line.raw_parts()
    except ValueError:
        entry.damaged += 1
        return
    value = _Value({key.upper(): str(each) for key, each in parameters.items()}, raw)
    if component == "VTODO":
        entry.values.setdefault(name.upper(), []).append(value)
    elif component == "VALARM" and name.upper() == "TRIGGER":
        entry.triggers.append(value)


def _draft(number: int, entry: _Entry, zone: ZoneInfo) -> TaskDraft:
    judge = Judge()
    start, due = _times(judge, entry, zone)
    title = judge.title(entry.text("SUMMARY"))
    completed = _time(judge, entry, "COMPLETED", _l("The time of completion"), zone)
    if entry.damaged:
        judge.remarks.append(_l("Some lines are damaged and were left out."))
    return TaskDraft(
        number=number,
        key=judge.line(entry.text("UID"), 2 * MAX_NAME, _l("The name within the file")),
        parent_key=_parent(entry),
        title=title,
        notes=judge.notes(entry.text("DESCRIPTION")),
        status=_status(entry, completed),
        priority=_PRIORITIES[judge.number(entry.raw("PRIORITY"), 9, _l("The priority")) or 0],
        due_on=due.day,
        due_at=due.moment,
        start_on=start.day,
        start_at=start.moment,
        estimate_minutes=_minutes(judge, entry),
        progress=judge.number(entry.raw("PERCENT-COMPLETE"), 100, _l("The progress")) or 0,
        tags=judge.tags(name for value in entry.values.get("CATEGORIES", []) for name in _listed(value.raw)),
        comments=judge.comments(value.text for value in entry.values.get("COMMENT", [])),
        recurrence=judge.rule(entry.raw("RRULE")),
        recurs_from="completion" if entry.raw(FROM_COMPLETION).upper() == "COMPLETION" else "due",
        reminders=_reminders(judge, entry, start, due),
        created_at=_time(judge, entry, "CREATED", _l("The time of creation"), zone).moment,
        completed_at=completed.moment,
        remarks=tuple(judge.remarks),
        broken=_reason(entry, title),
        **{name: judge.name(entry.text(own)) for name, own in OWN_PROPERTIES.items()},
    )


def _reason(entry: _Entry, title: str) -> Text | None:
    if entry.first("RECURRENCE-ID"):
        return _l("It changes a single time of a task that comes again; the task itself is read.")
    return None if title else NO_TITLE


def _status(entry: _Entry, completed: _Time) -> Status:
    return STATUSES.get(entry.raw("STATUS").upper(), "done" if completed.moment else "open")


def _parent(entry: _Entry) -> str:
    for value in entry.values.get("RELATED-TO", []):
        if value.parameters.get("RELTYPE", "PARENT").upper() == "PARENT":
            return value.text.strip()[: 2 * MAX_NAME]
    return ""


def _times(judge: Judge, entry: _Entry, zone: ZoneInfo) -> tuple[_Time, _Time]:
    """When it begins and when it is due. What comes again has to have a beginning there; it is none of its own when it
    is that of the due time."""
    start = _time(judge, entry, "DTSTART", _l("The start"), zone)
    due = _time(judge, entry, "DUE", _l("The due time"), zone)
    length = _span(entry.raw("DURATION")) if due == _Time() else None
    if length is not None and start.day is not None:
        try:
            due = _moved(start, length, zone)
        except OverflowError:
            judge.missed(_l("The duration"), entry.raw("DURATION"))
    return (_Time() if start == due and entry.raw("RRULE") else start), due


def _moved(start: _Time, length: timedelta, zone: ZoneInfo) -> _Time:
    if start.moment is not None:
        moment = start.moment + length
        return _Time(moment.astimezone(zone).date(), moment)
    return _Time(start.day + length) if start.day else _Time()


def _time(judge: Judge, entry: _Entry, name: str, words: Text, zone: ZoneInfo) -> _Time:
    value = entry.first(name)
    if value is None or not value.raw.strip():
        return _Time()
    try:
        found = vDDDTypes.from_ical(value.raw.strip()[:50])
        if isinstance(found, datetime):
            moment = found if found.tzinfo else found.replace(tzinfo=_zone(judge, value, zone))
            return _Time(moment.astimezone(zone).date(), moment.astimezone(UTC))
        if isinstance(found, date):
            return _Time(found)
    except (ValueError, OverflowError):
        pass  # told below, as what is no date at all
    judge.missed(words, value.raw)
    return _Time()


def _zone(judge: Judge, value: _Value, otherwise: ZoneInfo) -> ZoneInfo:
    """By the name as the RFC, Windows and some makers of calendars write it."""
    name = value.parameters.get("TZID", "")[:100]
    if not name:
        return otherwise
    for known in (name, "/".join(name.split("/")[-2:])):
        found = _known_zone(known.lstrip("/"))
        if found is not None:
            return found
    judge.missed(_l("The time zone"), name)
    return otherwise


def _known_zone(name: str) -> ZoneInfo | None:
    try:
        found = _library_zone(name)
    except (ValueError, OSError):
        return None
    return found if isinstance(found, ZoneInfo) else None


def _span(raw: str) -> timedelta | None:
    try:
        found = vDDDTypes.from_ical(raw[:50]) if raw else None
    except (ValueError, OverflowError):
        return None
    return found if isinstance(found, timedelta) else None


def _minutes(judge: Judge, entry: _Entry) -> int | None:
    raw = entry.raw("ESTIMATED-DURATION")
    span = _span(raw)
    if raw and (span is None or not timedelta() <= span <= timedelta(minutes=MAX_ESTIMATE)):
        judge.missed(_l("The estimate"), raw)
        return None
    return int(span.total_seconds() // 60) if span is not None else None


def _reminders(judge: Judge, entry: _Entry, start: _Time, due: _Time) -> tuple[int, ...]:
    found = {minutes for value in entry.triggers if (minutes := _before(value, start, due)) is not None}
    if len(found) < len(entry.triggers):
        judge.remarks.append(_l("Some reminders were left out: only those before the due time are taken."))
    return tuple(sorted(found)[:MAX_REMINDERS])


def _before(value: _Value, start: _Time, due: _Time) -> int | None:
    """Minutes before the due time, of a trigger that counts from the start, from the due time, or is a moment."""
    try:
        trigger = vDDDTypes.from_ical(value.raw.strip()[:50])
        if isinstance(trigger, datetime):
            span = due.moment - (trigger if trigger.tzinfo else trigger.replace(tzinfo=UTC)) if due.moment else None
        elif isinstance(trigger, timedelta):
            from_start = value.parameters.get("RELATED", "START").upper() == "START"
            late = due.moment - start.moment if from_start and due.moment and start.moment else timedelta()
            span = late - trigger
        else:
            span = None
    except (ValueError, OverflowError):
        return None
    return int(span.total_seconds() // 60) if span is not None and timedelta() <= span <= timedelta(366) else None


def _listed(raw: str) -> list[str]:
    return [_unescaped(part) for part in _LISTED.findall(raw)]


def _unescaped(raw: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], raw)
