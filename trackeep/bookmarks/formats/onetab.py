"""OneTab: lines of an address and a title, groups kept apart by an empty line."""

import re
from collections.abc import Iterator
from typing import IO

from trackeep.bookmarks.formats.entries import Entry, Given, Maker
from trackeep.bookmarks.formats.limits import MAX_LEFT, MAX_SUBJECT
from trackeep.bookmarks.formats.rows import Problem, What
from trackeep.bookmarks.formats.sources import lines_of

_LINE = re.compile(r"[a-z][a-z0-9+.-]{1,30}:\S+(?:\s+\|.*)?", re.I)
_WEB = re.compile(r"https?://", re.I)
_FOLDER = "OneTab"
_LINES_TO_JUDGE = 5


def is_list(head: str) -> bool:
    """Whether the file begins with the address of a web page, and most of its first lines with an address."""
    lines = [line.strip() for line in head.split("\n")[:200] if line.strip()][:_LINES_TO_JUDGE]
    addresses = [line for line in lines if _LINE.fullmatch(line)]
    return lines[:1] == addresses[:1] != [] and _WEB.match(lines[0]) is not None and 2 * len(addresses) >= len(lines)


def read_list(stream: IO[bytes], maker: Maker) -> Iterator[Entry]:
    """Each group becomes a folder by its number, since it has no name; with one group there is no folder."""
    several = _has_groups(stream)
    number, group, is_gap = 0, 1, False
    for line in lines_of(stream):
        text = line.strip()
        if not text:
            is_gap = number > 0
            continue
        group += is_gap
        number, is_gap = number + 1, False
        url, _bar, title = text.partition(" | ")
        if not _LINE.match(text):
            yield Problem(number, What.NO_ADDRESS, _shown(text, MAX_SUBJECT), {"text": _shown(text, MAX_LEFT)})
            continue
        folders = [[_FOLDER, f"{_FOLDER} {group}"]] if several else []
        yield from maker.take(number, Given(url=url.strip(), title=title.strip(), folders=folders))


def _has_groups(stream: IO[bytes]) -> bool:
    seen = is_gap = False
    for line in lines_of(stream):
        is_text = bool(line.strip())
        if is_text and is_gap:
            return True
        seen = seen or is_text
        is_gap = seen and not is_text
    return False


def _shown(text: str, longest: int) -> str:
    return text[:longest].encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\0", "")
