"""Links between pages, [[Title#Heading|shown words]]: taken out before the parser, put back after."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from trackeep.core.markdown.headings import heading_id

WIKILINK = re.compile(r"(!?)\[\[([^\[\]\n]{1,500})\]\]")
# Two signs that no text uses, with a number between; those that do stand in a text are dropped.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_QUOTED = re.compile(f"{quote(_OPEN)}(\\d+){quote(_CLOSE)}")
_TOKEN = re.compile(f"<(/?)(?:pre|code|a)\\b[^>]*>|{_OPEN}(\\d+){_CLOSE}")
_TAG = re.compile(f"<[^<>]*(?:{_OPEN}|{quote(_OPEN)})[^<>]*>")
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Wikilinks:
    """``resolve(title, heading)`` tells the address of a page, or None where there is none; ``create(title)`` the
    address that would make it, if the reader may."""

    resolve: Callable[[str, str], str | None]
    create: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """The parts of a link as it was typed."""

    title: str
    heading: str
    shown: str


def parse_wikilink(inner: str) -> Written:
    """``inner`` is what stands between the brackets; in a table the line before the shown words has a backslash."""
    target, _sign, shown = inner.replace("\\|", "|").partition("|")
    title, _sign, heading = target.partition("#")
    title, heading = title.strip(), heading.strip()
    words = shown.strip() or " › ".join(part for part in (title, heading) if part)
    return Written(title, heading, words or inner)


class Kept:
    """The links of one text, while the parser works on the rest: it would take their signs for its own."""

    def __init__(self, links: Wikilinks | None) -> None:
        self._links = links
        self._kept: list[str] = []
        self._made: dict[str, str] = {}

    def taken_out(self, text: str) -> str:
        return WIKILINK.sub(self._take, text.replace(_OPEN, "").replace(_CLOSE, ""))

    def put_back(self, html: str) -> str:
        """As links in words; as they were typed in code, inside of other links and in attributes."""
        if not self._kept:
            return html
        inside = 0

        def token(found: re.Match[str]) -> str:
            nonlocal inside
            if found[2]:
                return self._typed(found) if inside else self._link(self._kept[int(found[2])])
            inside += -1 if found[1] else 1
            return found[0]

        return _TOKEN.sub(token, _TAG.sub(self._in_tag, html))

    def _in_tag(self, found: re.Match[str]) -> str:
        return _QUOTED.sub(self._quoted, _MARK.sub(self._typed, found[0]))

    def _take(self, found: re.Match[str]) -> str:
        if len(self._kept) >= _MOST:
            return found[0]
        self._kept.append(found[0])
        return f"{_OPEN}{len(self._kept) - 1}{_CLOSE}"

    def _typed(self, found: re.Match[str]) -> str:
        return escape(self._kept[int(found[found.lastindex or 1])])

    def _quoted(self, found: re.Match[str]) -> str:
        number = int(found[1])
        return quote(self._kept[number]) if number < len(self._kept) else found[0]

    def _link(self, typed: str) -> str:
        if typed not in self._made:
            self._made[typed] = self._html(typed) if self._links else escape(typed)
        return self._made[typed]

    def _html(self, typed: str) -> str:
        links = self._links
        written = parse_wikilink(typed.lstrip("!")[2:-2])
        if links is None:
            return escape(typed)
        if not written.title and written.heading:
            return f'<a class="wikilink" href="#{escape(heading_id(written.heading))}">{escape(written.shown)}</a>'
        address = links.resolve(written.title, written.heading)
        if address is not None:
            return f'<a class="wikilink" href="{escape(address)}">{escape(written.shown)}</a>'
        if links.create is None:
            return f'<span class="wikilink wikilink-missing">{escape(written.shown)}</span>'
        address = escape(links.create(written.title))
        return f'<a class="wikilink wikilink-missing" href="{address}">{escape(written.shown)}</a>'
