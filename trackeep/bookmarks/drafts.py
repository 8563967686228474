"""What a person wants to save or change, as the verbs take it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from trackeep.bookmarks.progress import NOT_BEGUN, Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A passage that was marked elsewhere: its words, without a place."""

    text: str
    note: str = ""
    colour: str = "yellow"
    added_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A bookmark to be saved. ``title`` may be empty: the fetch fills it. ``progress`` is that of whoever saves it."""

    url: str
    title: str = ""
    description: str = ""
    notes: str = ""
    tags: Sequence[str] = ()
    collection_ids: Sequence[int] = ()
    unread: bool = False
    favourite: bool = False
    archived: bool = False
    shared: bool = False
    added_at: datetime | None = None
    author: str = ""
    published_at: datetime | None = None
    highlights: Sequence[Quote] = ()
    progress: Progress = NOT_BEGUN


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What to change; None leaves a part as it is."""

    url: str | None = None
    title: str | None = None
    description: str | None = None
    notes: str | None = None
    tags: Sequence[str] | None = None
    collection_ids: Sequence[int] | None = None
    unread: bool | None = None
    favourite: bool | None = None
    archived: bool | None = None
    shared: bool | None = None

    def texts(self) -> dict[str, str]:
        """The text fields that change: they need the version that was edited."""
        fields = {"url": self.url, "title": self.title, "description": self.description, "notes": self.notes}
        return {name: value for name, value in fields.items() if value is not None}

    def is_marks_only(self) -> bool:
        """Whether nothing changes that somebody may be editing."""
        return not self.texts() and self.tags is None and self.collection_ids is None

    def flags(self) -> dict[str, bool]:
        """The marks that change: the last write wins."""
        fields = {"unread": self.unread, "favourite": self.favourite, "archived": self.archived, "shared": self.shared}
        return {name: value for name, value in fields.items() if value is not None}
