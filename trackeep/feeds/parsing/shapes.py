"""What is read of a feed, or why nothing is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from trackeep.core.i18n import LazyString
from trackeep.core.i18n import lazy_gettext as _l

MAX_ENTRIES = 1_000
MAX_TITLE = 300
MAX_SUMMARY = 4_000
MAX_AUTHOR = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``id`` is never empty; ``url`` is absolute and http(s), or empty where there is none to save."""

    id: str
    url: str
    title: str
    summary: str = ""
    author: str = ""
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed as it stands. ``pause`` is the seconds that its publisher asks to wait between two looks, 0 for no word;
    ``cut`` says that it has more entries than are looked at."""

    title: str
    site_url: str
    entries: tuple[Entry, ...]
    pause: int = 0
    cut: bool = False


class Problem(StrEnum):
    """Why there is no feed to be had from an answer."""

    EMPTY = "empty"
    WEB_PAGE = "web_page"
    ENTITIES = "entities"
    NO_FEED = "no_feed"
    DAMAGED = "damaged"


WORDS: Mapping[Problem, LazyString] = {
    Problem.EMPTY: _l("The site answers with nothing."),
    Problem.WEB_PAGE: _l("This address shows a web page and not a feed."),
    Problem.ENTITIES: _l("The file defines entities of its own. That is how readers are attacked, so it is not read."),
    Problem.NO_FEED: _l("What the site answers is not a feed."),
    Problem.DAMAGED: _l("The feed is so damaged that nothing in it can be read."),
}


class Unreadable(ValueError):
    """There is no feed in it; the reason as a code and in plain words."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return str(WORDS[self.problem])
