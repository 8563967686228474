"""Our own table: what goes out comes back without loss."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import IO, get_args

from trackeep.core.i18n import lazy_gettext as _l
from trackeep.tasks.formats.cells import guarded, joined, parted, unguarded
from trackeep.tasks.formats.drafts import (
    MAX_ESTIMATE,
    MAX_NAME,
    MAX_REMINDERS,
    NO_TITLE,
    Judge,
    Status,
    TaskDraft,
)
from trackeep.tasks.formats.tables import Table, table_of, written

PRIORITIES = ("none", "low", "medium", "high", "urgent")

_WRITERS: Mapping[str, Callable[[TaskDraft], str]] = {
    "id": lambda task: task.key,
    "parent": lambda task: task.parent_key,
    "project": lambda task: task.project,
    "section": lambda task: task.section,
    "title": lambda task: task.title,
    "notes": lambda task: task.notes,
    "status": lambda task: task.status,
    "priority": lambda task: PRIORITIES[task.priority],
    "due_on": lambda task: _iso(task.due_on),
    "due_at": lambda task: _iso(task.due_at),
    "start_on": lambda task: _iso(task.start_on),
    "start_at": lambda task: _iso(task.start_at),
    "repeats": lambda task: task.recurrence,
    "repeats_from": lambda task: task.recurs_from,
    "estimate_minutes": lambda task: "" if task.estimate_minutes is None else str(task.estimate_minutes),
    "progress": lambda task: str(task.progress),
    "assignee": lambda task: task.assignee,
    "tags": lambda task: joined(task.tags, ","),
    "reminders_before": lambda task: joined(map(str, task.reminders), ","),
    "comments": lambda task: joined(task.comments, "|"),
    "created_at": lambda task: _iso(task.created_at),
    "completed_at": lambda task: _iso(task.completed_at),
}


def is_ours(table: Table) -> bool:
    return {"id", "parent", "title", "due_on", "due_at", "repeats_from"} <= set(table.names)


def rows_of(tasks: Iterable[TaskDraft]) -> Iterator[str]:
    """The file line by line, its header first."""
    yield from written([list(_WRITERS)])
    yield from written([guarded(write(task)) for write in _WRITERS.values()] for task in tasks)


def read(stream: IO[bytes]) -> Iterator[TaskDraft]:
    """Raises UnreadableFile."""
    for number, cells in table_of(stream).mappings():
        if cells is None:
            yield TaskDraft(number=number, title="", broken=_l("The row is damaged."))
        else:
            yield _draft(number, {name: unguarded(cell) for name, cell in cells.items()})


def _draft(number: int, cells: Mapping[str, str]) -> TaskDraft:
    judge = Judge()
    due_at = _moment(judge, cells, "due_at")
    start_at = _moment(judge, cells, "start_at")
    title = judge.title(cells.get("title", ""))
    return TaskDraft(
        number=number,
        key=judge.line(cells.get("id", ""), 2 * MAX_NAME, _l("The name within the file")),
        parent_key=cells.get("parent", "").strip()[: 2 * MAX_NAME],
        title=title,
        notes=judge.notes(cells.get("notes", "")),
        status=_status(judge, cells.get("status", "").strip()),
        priority=_priority(judge, cells.get("priority", "").strip()),
        due_on=_day(judge, cells, "due_on") or (due_at.date() if due_at else None),
        due_at=due_at,
        start_on=_day(judge, cells, "start_on") or (start_at.date() if start_at else None),
        start_at=start_at,
        estimate_minutes=judge.number(cells.get("estimate_minutes", ""), MAX_ESTIMATE, _l("The estimate")),
        progress=judge.number(cells.get("progress", ""), 100, _l("The progress")) or 0,
        assignee=judge.name(cells.get("assignee", "")),
        project=judge.name(cells.get("project", "")),
        section=judge.name(cells.get("section", "")),
        tags=judge.tags(parted(cells.get("tags", ""), ",")),
        comments=judge.comments(parted(cells.get("comments", ""), "|")),
        recurrence=judge.rule(cells.get("repeats", "")),
        recurs_from="completion" if cells.get("repeats_from", "").strip() == "completion" else "due",
        reminders=_reminders(judge, cells),
        created_at=_moment(judge, cells, "created_at"),
        completed_at=_moment(judge, cells, "completed_at"),
        remarks=tuple(judge.remarks),
        broken=None if title else NO_TITLE,
    )


def _status(judge: Judge, word: str) -> Status:
    found: Status | None = next((each for each in get_args(Status) if each == word), None)
    if word and found is None:
        judge.missed(_l("The status"), word)
    return found or "open"


def _priority(judge: Judge, word: str) -> int:
    if word and word not in PRIORITIES:
        judge.missed(_l("The priority"), word)
        return 0
    return PRIORITIES.index(word) if word else 0


def _reminders(judge: Judge, cells: Mapping[str, str]) -> tuple[int, ...]:
    texts = judge.few(parted(cells.get("reminders_before", ""), ","), MAX_REMINDERS, _l("reminders"))
    numbers = (judge.number(text, MAX_ESTIMATE, _l("A reminder")) for text in texts)
    return tuple(sorted({number for number in numbers if number is not None}))


def _iso(when: date | None) -> str:
    return when.isoformat() if when else ""


def _day(judge: Judge, cells: Mapping[str, str], name: str) -> date | None:
    text = cells.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        judge.missed(name, text)
        return None


def _moment(judge: Judge, cells: Mapping[str, str], name: str) -> datetime | None:
    text = cells.get(name, "").strip()
    try:
        found = datetime.fromisoformat(text) if text else None
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC) if found else None
    except (ValueError, OverflowError):
        judge.missed(name, text)
        return None
