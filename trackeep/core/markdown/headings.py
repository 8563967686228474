"""Headings that can be linked to, and the outline that they make."""

import re
from collections import Counter
from dataclasses import dataclass
from html import unescape

# A name of the page's own, such as that of a form, must not be taken by a heading.
_PREFIX = "h-"
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_OTHERS = re.compile(r"[^\w]+")
_LONGEST_ID = 80
_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    title: str
    id: str


def heading_id(title: str) -> str:
    """What a link to the heading names after the #; the first of several that are called the same."""
    return _PREFIX + _OTHERS.sub("-", title.casefold()).strip("-")[:_LONGEST_ID]


def with_headings(html: str) -> tuple[str, tuple[Heading, ...]]:
    """The same HTML with ids, and the headings; beyond thousands of them an outline helps nobody."""
    headings: list[Heading] = []
    seen: Counter[str] = Counter()

    def heading(found: re.Match[str]) -> str:
        if len(headings) >= _MOST:
            return found[0]
        title = " ".join(unescape(_TAG.sub("", found[2])).split())
        key = heading_id(title)
        seen[key] += 1
        number = seen[key]
        made = Heading(int(found[1]), title, key if number == 1 else f"{key}-{number}")
        headings.append(made)
        return f'<h{found[1]} id="{made.id}">{found[2]}</h{found[1]}>'

    return _HEADING.sub(heading, html), tuple(headings)
