"""What follows from a note's text: its title, its first words, its size, its task list."""

import re
from collections.abc import Sequence

from trackeep.core.titles import one_line

MAX_BYTES = 2 * 1024 * 1024
MAX_TITLE = 300
MAX_EXCERPT = 240
_LOOKED_AT = 2_000
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:[^\n]*\n){0,200}?---[ \t]*(?:\n|\Z)")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_MARKS = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)", re.MULTILINE)
_SIGNS = re.compile(r"[*_`~]{1,3}|!?\[\[|\]\]")
_TASK = re.compile(r"([ \t]*(?:>[ \t]?){0,20}(?:[-*+]|\d{1,9}[.)])[ \t]+\[)([ xX])(\](?:[ \t].*)?)", re.DOTALL)


def clean_body(text: str) -> str:
    """The text with one kind of line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def clean_title(text: str, most: int | None = None) -> str:
    """In one line, and empty when that shows nothing."""
    return one_line(one_line(text)[:most])


def is_too_long(text: str) -> bool:
    return len(text) > MAX_BYTES or (len(text) * 4 > MAX_BYTES and len(text.encode()) > MAX_BYTES)


def title_of(body: str) -> str:
    """The first line that says something, as a title."""
    for line in _FRONT_MATTER.sub("", body[: 4 * _LOOKED_AT]).split("\n"):
        found = clean_title(_plain(line), MAX_TITLE)
        if found:
            return found
    return ""


def without_heading(body: str) -> str:
    """The text behind the heading that became its title."""
    first, _, rest = body.lstrip("\n").partition("\n")
    return rest.lstrip("\n") if _HEADING.match(first) else body


def excerpt_of(body: str) -> str:
    """The first words, without marks, for lists."""
    start = _FRONT_MATTER.sub("", body[:_LOOKED_AT])
    return clean_title(_plain(start))[:MAX_EXCERPT].rstrip()


def line_of(body: str, line: int) -> str:
    """The line of this number, counted from 1; empty where there is none."""
    lines = body.split("\n", line) if line > 0 else []
    return lines[line - 1] if len(lines) >= line > 0 else ""


def ticked(body: str, line: int, *, expected: str, checked: bool) -> str | None:
    """The text with this item of a task list ticked or not; None when the line, counted from 1, does not say what was
    expected or is no such item."""
    lines: Sequence[str] = body.split("\n")
    if not 1 <= line <= len(lines) or lines[line - 1].rstrip() != expected.rstrip():
        return None
    found = _TASK.fullmatch(lines[line - 1])
    if found is None:
        return None
    changed = f"{found[1]}{'x' if checked else ' '}{found[3]}"
    return "\n".join((*lines[: line - 1], changed, *lines[line:]))


def filled(template: str, *, title: str, day: str, time: str) -> str:
    """A template with its places filled in."""
    places = {"title": title, "date": day, "time": time}
    return re.sub(r"\{\{[ \t]{0,5}(title|date|time)[ \t]{0,5}\}\}", lambda found: places[found[1]], template)


def _plain(text: str) -> str:
    return _SIGNS.sub("", _MARKS.sub("", text))
