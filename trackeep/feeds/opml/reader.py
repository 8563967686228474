"""OPML from any feed reader: bounded, without entities, with every feed of the file reported."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

from trackeep.core.i18n import Text
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.feeds.parsing import Problem, Unreadable
from trackeep.feeds.parsing.charset import text_of
from trackeep.feeds.parsing.markup import local_name, root_of
from trackeep.feeds.parsing.words import plain
from trackeep.feeds.remarks import PROBLEM_WORDS

MAX_FEEDS = 2_000
MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 20
MAX_NAME = 200
MAX_TITLE = 300
MAX_URL = 8_000


class Verdict(StrEnum):
    """What becomes of a feed of the file; ``KNOWN`` is decided by who knows the library."""

    NEW = "new"
    KNOWN = "known"
    SAME = "same"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Row:
    """A feed of the file, with the names of the folders that it is in."""

    url: str
    title: str
    site_url: str
    folders: tuple[str, ...]


class UnreadableOutline(ValueError):
    """The file is no list of feeds; says why."""

    def __init__(self, words: Text) -> None:
        super().__init__(words)
        self.words = words


def read_outline(body: bytes) -> list[Row]:
    """The feeds in the order of the file. Raises UnreadableOutline for what is too large, too many, or no OPML."""
    if len(body) > MAX_BYTES:
        raise UnreadableOutline(_l("The file is larger than 5 MB."))
    try:
        root, cut = root_of(text_of(body, None), frozenset({"outline"}), 3 * MAX_FEEDS)
    except Unreadable as error:
        is_bomb = error.problem is Problem.ENTITIES
        words = PROBLEM_WORDS[error.problem] if is_bomb else _l("This is not an OPML file.")
        raise UnreadableOutline(words) from error
    if local_name(root).lower() != "opml":
        raise UnreadableOutline(_l("This is not an OPML file."))
    rows = list(_rows(root))
    if cut or len(rows) > MAX_FEEDS:
        raise UnreadableOutline(_l("The file has more than 2,000 feeds. Please divide it."))
    return rows


def _rows(root: etree._Element) -> Iterator[Row]:
    """Without recursion: some files are nested deeper than a program may go."""
    waiting: list[tuple[etree._Element, tuple[str, ...]]] = [(root, ())]
    while waiting:
        element, folders = waiting.pop()
        below = folders
        if local_name(element).lower() == "outline":
            given = {str(name).lower(): str(value) for name, value in element.attrib.items()}
            title = given.get("title") or given.get("text") or ""
            if given.get("xmlurl") or given.get("type", "").lower() in ("rss", "atom"):
                url = given.get("xmlurl", "").strip()[: MAX_URL + 1]
                yield Row(url, plain(title, MAX_TITLE), given.get("htmlurl", "").strip()[:MAX_URL], folders)
            elif len(folders) < MAX_DEPTH:
                below = (*folders, plain(title, MAX_NAME) or "-")
        waiting.extend((child, below) for child in reversed(element))
