"""What all readers yield: a task as a file tells it, with what was odd about it; and how much of a file is taken."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from trackeep.core.i18n import Text
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.titles import one_line
from trackeep.tasks.recurrence import Origin, UnusableRule, checked

MAX_FILE = 20 * 1024 * 1024
MAX_ROWS = 50_000
MAX_TITLE = 500
MAX_NOTES = 100_000
MAX_NAME = 100
MAX_TAGS = 50
MAX_COMMENTS = 100
MAX_REMINDERS = 20
MAX_ESTIMATE = 60 * 24 * 365

Status = Literal["open", "in_progress", "done", "cancelled"]
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class UnreadableFile(ValueError):
    """A file of which nothing can be taken; ``reason`` is a sentence for the person."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDraft:
    """``number`` counts the rows or entries of the file from 1. ``key`` names the task within the file and
    ``parent_key`` the one that it belongs to. A moment comes with its day. ``broken`` says why nothing can be made of
    it; all else is then as far as it could be read. ``priority`` is 0 for none up to 4 for urgent."""

    number: int
    title: str
    key: str = ""
    parent_key: str = ""
    notes: str = ""
    status: Status = "open"
    priority: int = 0
    due_on: date | None = None
    due_at: datetime | None = None
    start_on: date | None = None
    start_at: datetime | None = None
    estimate_minutes: int | None = None
    progress: int = 0
    assignee: str = ""
    project: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    recurrence: str = ""
    recurs_from: Origin = "due"
    reminders: tuple[int, ...] = ()
    """Minutes before the task is due."""
    created_at: datetime | None = None
    completed_at: datetime | None = None
    remarks: tuple[Text, ...] = ()
    broken: Text | None = None


@dataclass(slots=True)
class Judge:
    """Cuts the values of one task to what is taken, and gathers what is to be told about it."""

    remarks: list[Text] = field(default_factory=list)

    def text(self, value: str, most: int, name: Text) -> str:
        """With its lines."""
        clean = _CONTROLS.sub("", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
        if len(clean) > most:
            self.remarks.append(_l("%(name)s was cut to %(most)d characters.", name=name, most=most))
        return clean[:most].strip()

    def line(self, value: str, most: int, name: Text) -> str:
        return self.text(" ".join(value.split()), most, name)

    def title(self, value: str) -> str:
        return one_line(self.line(value, MAX_TITLE, _l("The title")))

    def notes(self, value: str) -> str:
        return self.text(value, MAX_NOTES, _l("The notes"))

    def name(self, value: str) -> str:
        return one_line(self.line(value, MAX_NAME, _l("A name")))

    def tags(self, values: Iterable[str]) -> tuple[str, ...]:
        """Each once, whatever its letters' size."""
        found = {name.casefold(): name for name in map(self.name, values) if name}
        return self.few(found.values(), MAX_TAGS, _l("tags"))

    def comments(self, values: Iterable[str]) -> tuple[str, ...]:
        texts = (self.text(value, MAX_NOTES, _l("A comment")) for value in values)
        return self.few((text for text in texts if text), MAX_COMMENTS, _l("comments"))

    def few(self, values: Iterable[str], most: int, name: Text) -> tuple[str, ...]:
        found = tuple(values)
        if len(found) > most:
            self.remarks.append(_l("Only the first %(most)d %(name)s were taken.", name=name, most=most))
        return found[:most]

    def number(self, value: str, most: int, name: Text) -> int | None:
        """A whole number from 0 to ``most``; None, with a remark, for all else."""
        text = value.strip().removesuffix("%").strip()
        if not text:
            return None
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
        if not 0 <= number <= most:
            self.remarks.append(_l("%(name)s is no possible number: “%(value)s”.", name=name, value=value[:40]))
            return None
        return number

    def rule(self, value: str) -> str:
        try:
            return checked(value) if value.strip() else ""
        except UnusableRule as error:
            self.remarks.append(_l("It does not come again: %(reason)s", reason=error.reason))
            return ""

    def missed(self, name: Text, value: str) -> None:
        self.remarks.append(_l("%(name)s was not understood: “%(value)s”.", name=name, value=value[:40]))


NO_TITLE = _l("It has no title.")
