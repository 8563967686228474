"""Any table: which column means what is guessed from its name, shown, and changed by the person before it is read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import IO, Literal, get_args
from zoneinfo import ZoneInfo

from trackeep.core.i18n import Text
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.tasks.formats import days
from trackeep.tasks.formats.cells import parted, unguarded
from trackeep.tasks.formats.drafts import MAX_ESTIMATE, NO_TITLE, Judge, Status, TaskDraft, UnreadableFile
from trackeep.tasks.formats.tables import Table, table_of
from trackeep.tasks.line import understood
from trackeep.tasks.recurrence import Origin

Field = Literal[
    "title", "notes", "status", "priority", "due", "start", "completed", "created", "repeats", "project", "section",
    "tags", "assignee", "estimate", "progress", "key", "parent",
]  # fmt: skip
Mapped = Mapping[Field, int]
"""The number of the column, from 0, that each field is read from."""

FIELD_WORDS: Mapping[Field, Text] = {
    "title": _l("Title"), "notes": _l("Notes"), "status": _l("Status"), "priority": _l("Priority"),
    "due": _l("Due"), "start": _l("Start"), "completed": _l("Completed"), "created": _l("Created"),
    "repeats": _l("Repeats"), "project": _l("Project"), "section": _l("Section"), "tags": _l("Tags"),
    "assignee": _l("Assignee"), "estimate": _l("Estimate in minutes"), "progress": _l("Progress"),
    "key": _l("Number or name within the file"), "parent": _l("Parent task"),
}  # fmt: skip
PREVIEW_ROWS = 20
_SAMPLE = 1_000

_NAMES: Mapping[Field, str] = {
    "title": "title|task|task name|name|summary|subject|content|to do|todo|what",
    "notes": "notes|note|description|details|body|comment|comments|text",
    "status": "status|state|done|completed|complete|is completed|finished|checked|column",
    "priority": "priority|prio|importance|urgency",
    "due": "due|due date|due on|due at|deadline|date|due by|end|end date|when",
    "start": "start|start date|start on|begin|begins|defer date|scheduled",
    "completed": "completed at|completed on|completed date|completion date|completed time|date completed|closed",
    "created": "created|created at|created on|date created|created time|creation date|added",
    "repeats": "repeats|repeat|recurrence|recurring|rrule|frequency",
    "project": "project|list|list name|project name|folder|board|projects",
    "section": "section|section/column|group|heading|bucket|bucket name",
    "tags": "tags|tag|labels|label|categories|category|context|contexts",
    "assignee": "assignee|assigned to|assigned|owner|responsible|person",
    "estimate": "estimate|estimate minutes|estimated minutes|duration|minutes|estimated time",
    "progress": "progress|percent complete|% complete|percent|complete %",
    "key": "id|key|task id|number|no",
    "parent": "parent|parent id|parent task|parent key",
}
_STATUSES: Mapping[str, Status] = {
    **dict.fromkeys("done completed complete finished closed checked true yes x y 1 2 ✓ ✔ ☑".split(), "done"),
    **dict.fromkeys(["in progress", "in_progress", "doing", "started", "active", "in work"], "in_progress"),
    **dict.fromkeys(["cancelled", "canceled", "dropped", "won't do", "rejected", "abandoned"], "cancelled"),
    **dict.fromkeys(["", "open", "to do", "todo", "not started", "new", "false", "no", "n", "0", "backlog"], "open"),
}
_PRIORITIES: Mapping[str, int] = {
    **dict.fromkeys(["urgent", "highest", "critical", "p1", "1", "a", "!!!"], 4),
    **dict.fromkeys(["high", "important", "p2", "2", "b", "!!"], 3),
    **dict.fromkeys(["medium", "normal", "med", "p3", "3", "c", "!"], 2),
    **dict.fromkeys(["low", "lowest", "p4", "4", "5", "d"], 1),
    **dict.fromkeys(["", "none", "no", "0", "-"], 0),
}
_PUNCTUATION = re.compile(r"[\s_\-]+")


@dataclass(frozen=True, slots=True)
class Preview:
    """``rows`` are the cells as they stand, ``drafts`` what becomes of them."""

    columns: Sequence[str]
    mapped: Mapped
    rows: Sequence[Sequence[str]]
    drafts: Sequence[TaskDraft]


@dataclass(frozen=True, slots=True)
class _Reading:
    mapped: Mapped
    orders: Mapping[Field, days.Order]
    now: datetime
    zone: ZoneInfo

    def cell(self, cells: Sequence[str], name: Field) -> str:
        place = self.mapped.get(name)
        return unguarded(cells[place].strip()) if place is not None and place < len(cells) else ""


def suggested(columns: Sequence[str]) -> Mapped:
    """For each field the first column of such a name, no column twice."""
    names = [_PUNCTUATION.sub(" ", column.strip().casefold()).strip() for column in columns]
    found: dict[Field, int] = {}
    for name, words in _NAMES.items():
        known = words.split("|")
        places = [place for place, column in enumerate(names) if column in known and place not in found.values()]
        if places:
            found[name] = min(places, key=lambda place: known.index(names[place]))
    return found


def preview(
    stream: IO[bytes], mapped: Mapped | None = None, *, now: datetime, zone: ZoneInfo, day_first: bool = True
) -> Preview:
    """The first rows, read by the columns given, or else suggested. Raises UnreadableFile."""
    table = table_of(stream)
    chosen = suggested(table.columns) if mapped is None else mapped
    rows = [row.cells or () for row in islice(table.rows(), PREVIEW_ROWS)]
    found = _drafts(table, chosen, now, zone, day_first=day_first) if "title" in chosen else iter(())
    return Preview(table.columns, chosen, rows, list(islice(found, PREVIEW_ROWS)))


def read(
    stream: IO[bytes], mapped: Mapped, *, now: datetime, zone: ZoneInfo, day_first: bool = True
) -> Iterator[TaskDraft]:
    """``day_first`` decides how 3/4 is meant where the column itself does not tell. Raises UnreadableFile."""
    yield from _drafts(table_of(stream), mapped, now, zone, day_first=day_first)


def _drafts(table: Table, mapped: Mapped, now: datetime, zone: ZoneInfo, *, day_first: bool) -> Iterator[TaskDraft]:
    if mapped.get("title") not in range(len(table.columns)):
        raise UnreadableFile(_l("Choose the column that holds the titles."))
    reading = _Reading(mapped, _orders(table, mapped, day_first=day_first), now, zone)
    for row in table.rows():
        if row.cells is None:
            yield TaskDraft(number=row.number, title="", broken=_l("The row is damaged."))
        else:
            yield _draft(reading, row.number, row.cells)


def _orders(table: Table, mapped: Mapped, *, day_first: bool) -> Mapping[Field, days.Order]:
    wanted: tuple[Field, ...] = ("due", "start", "completed", "created")
    values: dict[Field, list[str]] = {name: [] for name in wanted}
    for row in table.rows():
        for name in wanted:
            place = mapped.get(name)
            if place is not None and row.cells is not None and place < len(row.cells):
                values[name].append(row.cells[place])
    return {name: days.order_of(found, day_first=day_first) for name, found in values.items()}


def _draft(reading: _Reading, number: int, cells: Sequence[str]) -> TaskDraft:
    judge = Judge()
    title = judge.title(reading.cell(cells, "title"))
    due = _when(reading, judge, cells, "due")
    start = _when(reading, judge, cells, "start")
    completed = _when(reading, judge, cells, "completed")
    created = _when(reading, judge, cells, "created")
    rule, origin = _repeats(reading, judge, reading.cell(cells, "repeats"))
    return TaskDraft(
        number=number,
        key=judge.line(reading.cell(cells, "key"), 200, FIELD_WORDS["key"]) or str(number),
        parent_key=reading.cell(cells, "parent")[:200],
        title=title,
        notes=judge.notes(reading.cell(cells, "notes")),
        status=_status(reading, judge, cells, completed),
        priority=_priority(judge, reading.cell(cells, "priority")),
        due_on=due.day if due else None,
        due_at=due.moment if due else None,
        start_on=start.day if start else None,
        start_at=start.moment if start else None,
        estimate_minutes=judge.number(reading.cell(cells, "estimate"), MAX_ESTIMATE, FIELD_WORDS["estimate"]),
        progress=judge.number(reading.cell(cells, "progress"), 100, FIELD_WORDS["progress"]) or 0,
        assignee=judge.name(reading.cell(cells, "assignee")),
        project=judge.name(reading.cell(cells, "project")),
        section=judge.name(reading.cell(cells, "section")),
        tags=judge.tags(name.lstrip("#") for name in _tags(reading.cell(cells, "tags"))),
        recurrence=rule,
        recurs_from=origin,
        created_at=_moment(created, reading.zone),
        completed_at=_moment(completed, reading.zone),
        remarks=tuple(judge.remarks),
        broken=None if title else NO_TITLE,
    )


def _when(reading: _Reading, judge: Judge, cells: Sequence[str], name: Field) -> days.When | None:
    text = reading.cell(cells, name)
    if not text:
        return None
    found = days.when(text, reading.orders[name], reading.now, reading.zone)
    if found is None:
        judge.missed(FIELD_WORDS[name], text)
    return found


def _moment(when: days.When | None, zone: ZoneInfo) -> datetime | None:
    """A day alone counts from its noon, so that it stays that day wherever it is looked at."""
    if when is None:
        return None
    return when.moment or datetime(when.day.year, when.day.month, when.day.day, 12, tzinfo=zone)


def _status(reading: _Reading, judge: Judge, cells: Sequence[str], completed: days.When | None) -> Status:
    text = reading.cell(cells, "status")
    if not text and completed:
        return "done"
    found = _STATUSES.get(text.casefold())
    if found is None:
        judge.missed(FIELD_WORDS["status"], text)
    return found or "open"


def _priority(judge: Judge, text: str) -> int:
    """Numbers count from the highest, as in most programs."""
    found = _PRIORITIES.get(text.casefold())
    if found is None:
        judge.missed(FIELD_WORDS["priority"], text)
    return found or 0


def _repeats(reading: _Reading, judge: Judge, text: str) -> tuple[str, Origin]:
    """A rule, or words as in a line of quick add."""
    if "FREQ=" in text.upper():
        return judge.rule(text), "due"
    line = understood(f"x {text}", reading.now)
    if text.casefold() in {"", "no", "never", "none", "false"}:
        return "", "due"
    if line.title != "x" or not line.recurrence:
        judge.missed(FIELD_WORDS["repeats"], text)
        return "", "due"
    return line.recurrence, line.recurs_from


def _tags(text: str) -> list[str]:
    sign = next((each for each in ",;|" if each in text), ",")
    return parted(text, sign)


FIELDS: tuple[Field, ...] = get_args(Field)
