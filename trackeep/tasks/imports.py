"""What becomes of the entries of a file: the report line of each, decided before anything is saved."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import PurePath
from typing import IO, Any, get_args
from zoneinfo import ZoneInfo

from trackeep.core.i18n import LazyString
from trackeep.core.i18n import gettext as _
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.tasks import formats
from trackeep.tasks.drafts import ReminderDraft, TaskDraft
from trackeep.tasks.formats import Kind
from trackeep.tasks.formats import TaskDraft as Entry
from trackeep.tasks.formats.tables import table_of
from trackeep.tasks.states import Priority, RecursFrom, Status
from trackeep.tasks.zones import FIRST_DAY, LAST_DAY

MAX_LEVEL = 40
OWN_UID = re.compile(r"task-(\d{1,18})-([0-9a-f]{12})")
_TODOIST_ID = re.compile(r"\s*\[\d+\]\s*$")


class Outcome(StrEnum):
    """``SAME`` is an entry that the file has already had, ``KNOWN`` a task that is there. ``SAVED`` is what ``NEW``
    becomes."""

    NEW = "new"
    SAME = "same"
    KNOWN = "known"
    BROKEN = "broken"
    SAVED = "saved"


KIND_NAMES: Mapping[str, LazyString | str] = {
    "own": "Trackeep",
    "todoist": "Todoist",
    "table": _l("Table"),
    "calendar": "iCalendar",
}


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is read: which column holds what, whether 3/4 is in April, and the project of what names none."""

    columns: Mapping[str, int] = field(default_factory=dict)
    day_first: bool = True
    project: str = ""

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Options":
        return cls(plain.get("columns", {}), plain.get("day_first", True), plain.get("project", ""))


@dataclass(frozen=True, slots=True)
class Finding:
    """A line of the report; ``number`` is the entry's place in the file."""

    number: int
    outcome: Outcome
    title: str
    level: int = 0
    parent: int | None = None
    same_as: int | None = None
    key: str | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)


def kind_named(name: str) -> Kind:
    return next(kind for kind in get_args(Kind) if kind == name)


def first_options(stream: IO[bytes], kind: Kind, file_name: str) -> Options:
    """What is likely meant. Todoist's files are named after their project. Raises UnreadableFile."""
    stream.seek(0)
    if kind == "table":
        found = formats.columns.suggested(table_of(stream).columns)
        return Options({str(name): number for name, number in found.items()})
    name = _TODOIST_ID.sub("", PurePath(file_name).stem).strip() if kind == "todoist" else ""
    return Options(project=name[:100])


def entries_of(stream: IO[bytes], kind: Kind, options: Options, *, now: datetime, zone: ZoneInfo) -> Iterator[Entry]:
    """Raises UnreadableFile."""
    if kind == "own":
        return formats.own.read(stream)
    if kind == "todoist":
        return formats.todoist.read(stream, now=now, zone=zone)
    if kind == "calendar":
        return formats.vtodo.read(stream, zone=zone)
    mapped = {name: options.columns[name] for name in formats.columns.FIELD_WORDS if name in options.columns}
    return formats.columns.read(stream, mapped, now=now, zone=zone, day_first=options.day_first)


def findings(entries: Iterable[Entry], kind: Kind, options: Options) -> list[Finding]:
    """One line for each entry, in the order of the file. What the library has is not known here."""
    return _Planner(list(entries), kind, options).planned()


def task_of(payload: Mapping[str, Any], place: Mapping[str, int | None]) -> TaskDraft:
    """What is saved for an entry; ``place`` has the ids of project, section and parent."""
    moments = {name: datetime.fromisoformat(payload[name]) for name in _MOMENTS if name in payload}
    days = {name: date.fromisoformat(payload[name]) for name in _DAYS if name in payload}
    return TaskDraft(
        title=payload["title"],
        notes=payload.get("notes", ""),
        project_id=place.get("project_id"),
        section_id=place.get("section_id"),
        parent_id=place.get("parent_id"),
        status=Status(payload.get("status", "open")),
        priority=Priority(payload.get("priority", 0)),
        estimate_minutes=payload.get("estimate_minutes"),
        progress=payload.get("progress", 0),
        assignee_id=payload.get("assignee_id"),
        recurrence=payload.get("recurrence", ""),
        recurs_from=RecursFrom(payload.get("recurs_from", "due")),
        tags=payload.get("tags", ()),
        reminders=[ReminderDraft(minutes_before=minutes) for minutes in payload.get("reminders", ())],
        due_on=days.get("due_on"),
        due_at=moments.get("due_at"),
        start_on=days.get("start_on"),
        start_at=moments.get("start_at"),
        completed_at=moments.get("completed_at"),
    )


_DAYS = ("due_on", "start_on")
_MOMENTS = ("due_at", "start_at", "completed_at")
_PLAIN = (
    "title", "notes", "status", "priority", "estimate_minutes", "progress", "assignee", "recurrence", "recurs_from",
)  # fmt: skip


def payload_of(entry: Entry, project: str) -> dict[str, Any]:
    """What is there of it, and what is told about it."""
    notes = [str(remark) for remark in entry.remarks]
    values: dict[str, Any] = {name: getattr(entry, name) for name in _PLAIN}
    values |= {"tags": list(entry.tags), "comments": list(entry.comments), "project": project}
    for name in ("due", "start"):
        values |= _days(entry, name, notes)
    if entry.section and not project:
        notes.append(_("Without a project there is no section “%(name)s”.", name=entry.section))
    values["section"] = entry.section if project else ""
    if entry.reminders and not values.get("due_on"):
        notes.append(_("Without a due day there is nothing to be reminded of."))
    values["reminders"] = list(entry.reminders) if values.get("due_on") else []
    if entry.completed_at and entry.status in ("done", "cancelled"):
        values["completed_at"] = entry.completed_at.isoformat()
    return {name: value for name, value in {**values, "said": notes}.items() if value}


def _days(entry: Entry, name: str, notes: list[str]) -> dict[str, str]:
    day, moment = getattr(entry, f"{name}_on"), getattr(entry, f"{name}_at")
    if day is None:
        return {}
    if not FIRST_DAY < day < LAST_DAY:
        notes.append(_("The day %(day)s was left out: it is too long ago or too far ahead.", day=day.isoformat()))
        return {}
    told = {f"{name}_on": day.isoformat()}
    return {**told, f"{name}_at": moment.isoformat()} if moment else told


class _Planner:
    """Keeps what later entries are compared with."""

    def __init__(self, entries: Sequence[Entry], kind: Kind, options: Options) -> None:
        self._entries = entries
        self._kind = kind
        self._options = options
        self._named: dict[str, Entry] = {}
        for entry in entries:
            if entry.broken is None and entry.key:
                self._named.setdefault(entry.key, entry)
        self._planned: dict[int, Finding] = {}
        self._first: dict[str, int] = {}
        self._alike: dict[str, dict[Entry, int]] = {}

    def planned(self) -> list[Finding]:
        for entry in self._entries:
            for each in self._with_those_above(entry):
                self._planned[each.number] = self._plan(each)
        return [self._planned[entry.number] for entry in self._entries]

    def _with_those_above(self, entry: Entry) -> list[Entry]:
        """The entry and what it hangs on, as far as that is not planned yet, the topmost first. A circle is cut."""
        chain = [entry] if entry.number not in self._planned else []
        seen = {entry.number}
        above = self._named.get(entry.parent_key) if chain else None
        while above is not None and above.number not in self._planned and above.number not in seen:
            chain.append(above)
            seen.add(above.number)
            above = self._named.get(above.parent_key)
        return chain[::-1]

    def _plan(self, entry: Entry) -> Finding:
        if entry.broken is not None:
            said = {"said": [str(entry.broken), *map(str, entry.remarks)]}
            return Finding(entry.number, Outcome.BROKEN, entry.title, payload=said)
        parent, lost = self._parent_of(entry)
        project = entry.project or self._options.project
        key = self._key(entry, parent, project)
        first = self._first.setdefault(key, entry.number)
        payload = payload_of(entry, project)
        if lost:
            payload["said"] = [*payload.get("said", ()), _("The task that it belongs to was not found.")]
        if self._is_named_for_good(entry):
            payload["uid"] = entry.key
        return Finding(
            entry.number,
            Outcome.NEW if first == entry.number else Outcome.SAME,
            entry.title,
            level=min(parent.level + 1, MAX_LEVEL) if parent else 0,
            parent=parent.number if parent else None,
            same_as=None if first == entry.number else first,
            key=key,
            payload=payload,
        )

    def _parent_of(self, entry: Entry) -> tuple[Finding | None, bool]:
        """What is nested too deeply hangs beside the one that it belongs to."""
        named = self._named.get(entry.parent_key) if entry.parent_key else None
        found = self._planned.get(named.number) if named is not None and named.number != entry.number else None
        if found is not None and found.same_as is not None:
            found = self._planned[found.same_as]
        if found is not None and found.level >= MAX_LEVEL and found.parent is not None:
            found = self._planned[found.parent]
        return found, bool(entry.parent_key) and found is None

    def _is_named_for_good(self, entry: Entry) -> bool:
        """Whether its key is unlike all others, also those of other files; a plain number is not."""
        return bool(entry.key) and (self._kind == "calendar" or (self._kind == "own" and not entry.key.isdigit()))

    def _key(self, entry: Entry, parent: Finding | None, project: str) -> str:
        """Where there is no name, a task is known by its title and place. What stands there again and differs is
        another task: it is counted."""
        if self._is_named_for_good(entry):
            return _hashed("uid", entry.key)
        place = [parent.key or ""] if parent else [project.casefold(), entry.section.casefold()]
        base = _hashed("row", *place, entry.title.casefold())
        bare = replace(entry, number=0, key="", parent_key="", remarks=())
        alike = self._alike.setdefault(base, {})
        return _hashed(base, str(alike.setdefault(bare, len(alike))))


def _hashed(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def plain(options: Options) -> dict[str, Any]:
    return {**asdict(options), "columns": dict(options.columns)}
