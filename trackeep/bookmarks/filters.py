"""Which bookmarks a list shows and in which order: what pages, API, bulk verbs and exports all understand."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class View(StrEnum):
    """The lists that every library has. ``ALL`` leaves the archived ones out, as ``ARCHIVED`` is their place."""

    ALL = "all"
    UNREAD = "unread"
    FAVOURITE = "favourite"
    ARCHIVED = "archived"
    UNTAGGED = "untagged"
    FAILED = "failed"
    BROKEN = "broken"
    EVERYTHING = "everything"


class Sort(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class Filters:
    """All parts must hold. ``text`` goes to the search documents, ``tag`` includes the tags below it,
    ``collection_id`` the collections below it; ``after`` and ``before`` are days of the adding, in the time zone
    of whoever asks: queries put it into ``zone``, only where there are days, since statements are kept by filters."""

    view: View = View.ALL
    space_id: int | None = None
    text: str = ""
    tag: str = ""
    collection_id: int | None = None
    site: str = ""
    after: date | None = None
    before: date | None = None
    zone: str = "UTC"

    def within(self, zone: str) -> "Filters":
        return replace(self, zone=zone) if self.after or self.before else self
