"""Links by name in a text, ``[[Title]]``, ``[[Title|shown]]``, ``[[Title#Heading]]``, never in code: where they stand.

How one is written is told by ``core/markdown/wikilinks.py``.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from trackeep.core.markdown.wikilinks import MAX_TITLE, WIKILINK, escaped, parse_wikilink

__all__ = ["MAX_LINKS", "MAX_TITLE", "Wikilink", "context_of", "escaped", "has_more", "parse", "renamed"]

MAX_LINKS = 2_000
"""So many links of a text are known; a rename rewrites all of them."""

_FENCE = re.compile(r" {0,3}(?:> ?)*[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})([^\n]*)")
_ITEM = re.compile(r" {0,3}(?:> ?)*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_INDENTED = re.compile(r"(?: {4}| {0,3}\t)\s*\S")
_TOKEN = re.compile(r"\\[\\`\[]|`+|!?\[\[")
_TICKS = re.compile(r"`+")


@dataclass(frozen=True, slots=True)
class Wikilink:
    """One link. ``start`` and ``end`` enclose it in the text, ``title_start`` and ``title_end`` the title as it is
    written; ``line`` counts from 1. ``shown`` is empty where the title is shown."""

    start: int
    end: int
    title_start: int
    title_end: int
    line: int
    title: str
    heading: str
    shown: str
    embedded: bool


def parse(text: str, at_most: int | None = None) -> list[Wikilink]:
    """The links of a text in their order, or the first of them."""
    return list(islice(_links(text), at_most)) if "[[" in text else []


def has_more(text: str) -> bool:
    """Whether a text has more links than those that are known."""
    return text.count("[[") > MAX_LINKS and len(parse(text, MAX_LINKS + 1)) > MAX_LINKS


def renamed(text: str, titles: Collection[str], new: str) -> str:
    """The text with the links to these titles, spelled as ``parse`` tells them, leading to the new one."""
    written, parts, end = escaped(new), [], 0
    for link in parse(text):
        if link.title in titles:
            parts += [text[end : link.title_start], written]
            end = link.title_end
    return "".join((*parts, text[end:])) if parts else text


def context_of(text: str, link: Wikilink, room: int) -> str:
    """The line that a link stands in, or as much around it as there is room for."""
    start = text.rfind("\n", 0, link.start) + 1
    end = text.find("\n", link.end)
    end = len(text) if end < 0 else end
    if end - start > room:
        before = max(0, (room - (link.end - link.start)) // 2)
        start = max(start, link.start - before)
        end = min(end, start + room)
    return text[start:end].strip()


def _links(text: str) -> Iterator[Wikilink]:
    for start, end, line in _paragraphs(text):
        if text.find("[[", start, end) >= 0:
            yield from _in_paragraph(text, start, end, line)


def _in_paragraph(text: str, start: int, end: int, line: int) -> Iterator[Wikilink]:
    """Tick marks enclose code only within a paragraph, and only those of one length belong together."""
    ticks = _ticks_by_length(text, start, end)
    counted = position = start
    while (token := _TOKEN.search(text, position, end)) is not None:
        position = token.end()
        if token[0].startswith("`"):
            position = _end_of_code(ticks, token)
        elif token[0].endswith("[["):
            line += text.count("\n", counted, token.start())
            counted = token.start()
            link = _link(WIKILINK.match(text, counted, end), line)
            position = link.end if link else token.end() - 1
            if link:
                yield link


def _ticks_by_length(text: str, start: int, end: int) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for run in _TICKS.finditer(text, start, end):
        found.setdefault(len(run[0]), []).append(run.start())
    return found


def _end_of_code(ticks: dict[int, list[int]], opening: re.Match[str]) -> int:
    """Behind the tick marks that close these, or behind these where nothing does."""
    length = len(opening[0])
    same = ticks.get(length, [])
    following = bisect_right(same, opening.start())
    return same[following] + length if following < len(same) else opening.end()


def _link(found: re.Match[str] | None, line: int) -> Wikilink | None:
    """None for what names no note, such as a heading of the same one."""
    if found is None:
        return None
    written = parse_wikilink(found[2])
    if written is None or not written.title:
        return None
    offset = found.start(2)
    return Wikilink(
        start=found.start(),
        end=found.end(),
        title_start=offset + written.title_start,
        title_end=offset + written.title_end,
        line=line,
        title=written.title,
        heading=written.heading,
        shown=written.shown,
        embedded=bool(found[1]),
    )


def _paragraphs(text: str) -> Iterator[tuple[int, int, int]]:
    """Stretches between blank lines that are no block of code, each with the number of its first line."""
    state = _State()
    offset, begun, begun_line = 0, -1, 0
    for number, line in enumerate(text.split("\n"), 1):
        if state.is_text(line):
            if begun < 0:
                begun, begun_line = offset, number
        elif begun >= 0:
            yield begun, offset, begun_line
            begun = -1
        offset += len(line) + 1
    if begun >= 0:
        yield begun, len(text), begun_line


class _State:
    """Where in the blocks of a text a reader is, line by line."""

    def __init__(self) -> None:
        self._fence = ""
        self._after_blank = True
        self._in_list = False

    def is_text(self, line: str) -> bool:
        """Whether the line is a part of a paragraph."""
        blank = not line.strip()
        if self._fence:
            found = _FENCE.match(line)
            if found and found[1].startswith(self._fence) and not found[2].strip():
                self._fence, self._after_blank = "", True
            return False
        if blank:
            self._after_blank = True
            return False
        return self._begins_text(line)

    def _begins_text(self, line: str) -> bool:
        found = _FENCE.match(line)
        if found and not (found[1][0] == "`" and "`" in found[2]):
            self._fence = found[1]
            return False
        if _INDENTED.match(line):
            # Behind a blank line and in no list it is code, and so are the lines below it.
            return self._in_list or not self._after_blank
        self._in_list = bool(_ITEM.match(line)) or (self._in_list and line[:1] in " \t")
        self._after_blank = False
        return True
