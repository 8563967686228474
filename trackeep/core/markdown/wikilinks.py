"""Links between pages, [[Title#Heading|shown words]]: their grammar; taken out before the parser, put back after.

A title may hold any sign: before brackets, hash and backslash goes a backslash, and a bar is written ``&#124;``, as a
backslash before a bar is what tables want before the bar that separates.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from trackeep.core.markdown.headings import heading_id

MAX_TITLE = 300
WIKILINK = re.compile(r"(!?)\[\[((?:\\[^\n]|[^\[\]\n\\]){1,1000})\]\]")
_ESCAPED_OR_LINK = re.compile(rf"\\[\\`\[]|{WIKILINK.pattern}")
_BAR = re.compile(r"\\?\|")
_HASH = re.compile(r"(?:^|(?<!\\)(?<!&))#")
_ESCAPED = re.compile(r"\\([\[\]#\\])")
_SPECIAL = re.compile(r"[\[\]#\\]")
_ENTITY = "&#124;"
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
    """The parts of a link as it was typed, ``title_start`` and ``title_end`` enclose the title in it as it is written.
    ``shown`` is empty where the title is shown."""

    title: str
    heading: str
    shown: str
    title_start: int
    title_end: int

    @property
    def words(self) -> str:
        return self.shown or " › ".join(part for part in (self.title, self.heading) if part)


def parse_wikilink(inner: str) -> Written | None:
    """``inner`` is what stands between the brackets; None for what names neither a page nor a heading."""
    bar = _BAR.search(inner)
    target, shown = (inner[: bar.start()], inner[bar.end() :]) if bar else (inner, "")
    sign = _HASH.search(target)
    name, heading = (target[: sign.start()], target[sign.end() :]) if sign else (target, "")
    title, heading = _plain(name), _plain(heading)[:MAX_TITLE]
    if len(title) > MAX_TITLE or not (title or heading):
        return None
    start = len(name) - len(name.lstrip())
    return Written(title, heading, _plain(shown), start, start + len(name.strip()))


def escaped(title: str) -> str:
    """A title as it is written in a link."""
    return _SPECIAL.sub(lambda found: "\\" + found[0], title).replace("|", _ENTITY)


def _plain(written: str) -> str:
    return " ".join(_ESCAPED.sub(r"\1", written.replace(_ENTITY, "|")).split())


class Kept:
    """The links of one text, while the parser works on the rest: it would take their signs for its own."""

    def __init__(self, links: Wikilinks | None) -> None:
        self._links = links
        self._kept: list[str] = []
        self._made: dict[str, str] = {}

    def taken_out(self, text: str) -> str:
        return _ESCAPED_OR_LINK.sub(self._take, text.replace(_OPEN, "").replace(_CLOSE, ""))

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
        if len(self._kept) >= _MOST or found[2] is None:
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
        links, written = self._links, parse_wikilink(typed.lstrip("!")[2:-2])
        if links is None or written is None:
            return escape(typed)
        shown = escape(written.words)
        if not written.title:
            return f'<a class="wikilink" href="#{escape(heading_id(written.heading))}">{shown}</a>'
        address = links.resolve(written.title, written.heading)
        if address is not None:
            return f'<a class="wikilink" href="{escape(address)}">{shown}</a>'
        if links.create is None:
            return f'<span class="wikilink wikilink-missing">{shown}</span>'
        return f'<a class="wikilink wikilink-missing" href="{escape(links.create(written.title))}">{shown}</a>'
