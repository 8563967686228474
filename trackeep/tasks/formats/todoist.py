"""Todoist: the CSV of one project, with sections, comments under their task, and the tree told by indents."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import IO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from trackeep.core.i18n import lazy_gettext as _l
from trackeep.tasks.formats import days
from trackeep.tasks.formats.drafts import MAX_ESTIMATE, NO_TITLE, Judge, TaskDraft
from trackeep.tasks.formats.tables import Table, table_of
from trackeep.tasks.line import Line, understood

# 1 is Todoist's p1, the highest; 4 is what all tasks have that were given none.
_PRIORITIES = {"1": 4, "2": 3, "3": 2, "4": 0}
_MINUTES = {"minute": 1, "minutes": 1, "hour": 60, "hours": 60, "day": 60 * 24, "days": 60 * 24}
_LABEL = re.compile(r"(?:(?<=\s)|^)@([^\s@]{1,100})(?=\s|$)")
_USER = re.compile(r"(.{0,200}?)\s?\(\d{1,20}\)")
MAX_INDENT = 10


@dataclass(slots=True)
class _Reading:
    now: datetime
    zone: ZoneInfo
    section: str = ""
    parents: dict[int, str] = field(default_factory=dict)
    """The last task on each level."""
    waiting: TaskDraft | None = None
    """The last task: its comments may follow."""


def is_todoist(table: Table) -> bool:
    return {"type", "content", "priority", "indent"} <= set(table.names)


def read(stream: IO[bytes], *, now: datetime, zone: ZoneInfo) -> Iterator[TaskDraft]:
    """``now`` and ``zone`` are the person's: dates are phrases such as "every weekday". Raises UnreadableFile."""
    reading = _Reading(now, zone)
    for number, cells in table_of(stream).mappings():
        if cells is None:
            yield from _released(reading)
            yield TaskDraft(number=number, title="", broken=_l("The row is damaged."))
            continue
        yield from _row(reading, number, cells)
    yield from _released(reading)


def _row(reading: _Reading, number: int, cells: Mapping[str, str]) -> Iterator[TaskDraft]:
    kind, content = cells.get("type", "").strip().lower(), cells.get("content", "")
    if kind == "task":
        yield from _released(reading)
        reading.waiting = _task(reading, number, cells)
    elif kind == "section":
        yield from _released(reading)
        reading.section, reading.parents = Judge().name(content), {}
    elif kind == "note" and reading.waiting is not None:
        judge = Judge(list(reading.waiting.remarks))
        comments = judge.comments([*reading.waiting.comments, content])
        reading.waiting = replace(reading.waiting, comments=comments, remarks=tuple(judge.remarks))
    elif kind not in {"", "meta", "note"}:
        yield from _released(reading)
        yield TaskDraft(number=number, title=Judge().title(content), broken=_l("It is neither a task nor a section."))


def _released(reading: _Reading) -> Iterator[TaskDraft]:
    if reading.waiting is not None:
        yield reading.waiting
    reading.waiting = None


def _task(reading: _Reading, number: int, cells: Mapping[str, str]) -> TaskDraft:
    judge, content = Judge(), cells.get("content", "")
    level = min(judge.number(cells.get("indent", ""), MAX_INDENT, _l("The indent")) or 1, MAX_INDENT)
    parent = next((reading.parents[above] for above in range(level - 1, 0, -1) if above in reading.parents), "")
    reading.parents = {above: key for above, key in reading.parents.items() if above < level} | {level: str(number)}
    labels = _LABEL.findall(content)
    title = judge.title(_LABEL.sub(" ", content)) or judge.title(content)
    line, zone = _date(reading, judge, cells)
    deadline = days.when(cells.get("deadline", ""), "dmy", reading.now, zone) if cells.get("deadline") else None
    due = days.When(line.due_on, days.at(line.due_on, line.due_time, zone)) if line.due_on else deadline
    return TaskDraft(
        number=number,
        key=str(number),
        parent_key=parent,
        title=title,
        notes=judge.notes(cells.get("description", "")),
        priority=_PRIORITIES.get(cells.get("priority", "").strip(), 0),
        due_on=due.day if due else None,
        due_at=due.moment if due else None,
        estimate_minutes=_estimate(judge, cells),
        assignee=judge.name(_user(cells.get("responsible", ""))),
        section=reading.section,
        tags=judge.tags(labels),
        recurrence=line.recurrence,
        recurs_from=line.recurs_from,
        remarks=tuple(judge.remarks),
        broken=None if title else NO_TITLE,
    )


def _date(reading: _Reading, judge: Judge, cells: Mapping[str, str]) -> tuple[Line, ZoneInfo]:
    """The phrase as a line of quick add reads it, on the clock of the row's own zone."""
    phrase = cells.get("date", cells.get("due_date", "")).strip()
    zone = _zone(cells.get("timezone", "").strip(), reading.zone)
    line = understood(f"x {phrase}", reading.now.astimezone(zone))
    if phrase and line.title != "x":
        judge.missed(_l("The date"), phrase)
    return line, zone


def _zone(name: str, otherwise: ZoneInfo) -> ZoneInfo:
    try:
        return ZoneInfo(name) if name and len(name) < 60 else otherwise
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return otherwise


def _estimate(judge: Judge, cells: Mapping[str, str]) -> int | None:
    number = judge.number(cells.get("duration", ""), MAX_ESTIMATE, _l("The duration"))
    unit = _MINUTES.get(cells.get("duration_unit", "").strip().lower(), 1)
    return min(number * unit, MAX_ESTIMATE) if number else None


def _user(text: str) -> str:
    """Without the number that stands behind each name."""
    found = _USER.fullmatch(text.strip()[:220])
    return found[1] if found else text
