"""What is read of a feed, or why nothing is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

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
    TOO_HARD = "too_hard"


class Unreadable(ValueError):
    """There is no feed in it; ``problem`` says why (in words: ``remarks.PROBLEM_WORDS``)."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem
