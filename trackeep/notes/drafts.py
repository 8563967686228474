"""What a person wants a note to be."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDraft:
    """A note to be made. Without a title its text begins with one. It goes behind what is below ``parent_id``."""

    title: str = ""
    body: str = ""
    parent_id: int | None = None
    tags: tuple[str, ...] = ()
    pinned: bool = False
    is_template: bool = False
    is_draft: bool = False
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteChanges:
    """What is to be changed; None leaves it."""

    title: str | None = None
    body: str | None = None
    tags: tuple[str, ...] | None = None
    pinned: bool | None = None
    is_template: bool | None = None
    is_draft: bool | None = None

    def texts(self) -> dict[str, str]:
        given = {"title": self.title, "body": self.body}
        return {name: text for name, text in given.items() if text is not None}

    def flags(self) -> dict[str, bool]:
        given = {"pinned": self.pinned, "is_template": self.is_template, "is_draft": self.is_draft}
        return {name: flag for name, flag in given.items() if flag is not None}
