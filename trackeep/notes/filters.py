"""Which notes a list shows, and in which order."""

from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    CHANGED = "changed"
    TITLE = "title"


class View(StrEnum):
    """``notes`` leaves out the templates."""

    NOTES = "notes"
    PINNED = "pinned"
    TEMPLATES = "templates"
    DRAFTS = "drafts"
    DAILY = "daily"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """All parts must hold. ``tag`` includes the tags below it; without ``space_id`` all spaces are meant."""

    view: View = View.NOTES
    space_id: int | None = None
    text: str = ""
    tag: str = ""
