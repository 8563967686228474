"""One pass over the markup of a page that keeps the tags of its head and its readable text.

No tree is built on purpose: a tree parser walks up the open elements for each new one, which takes hours for a page of
a million nested tags, and a hundred bytes of memory for each byte of markup. This pass is linear in both.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_MOST_TAGS = 2_000
# Far above any page made for people: past these, a page is only made to keep the reader busy.
_MOST_PIECES = 50_000
_LONGEST_TEXT = 2_000_000
_LONGEST_DATA = 300_000
_MOST_DATA = 20

_START = re.compile(
    r"<(?:!--|(/?)(html|base|meta|link|title|script|style|noscript|template|svg|textarea|article|main|h1)(?=[\s>/]))",
    re.IGNORECASE,
)
# Quotes count only after `=`, and an unclosed one is no quote; nothing here steps back, so time stays linear.
_REST = re.compile(r"((?:[^<>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|))*+)>")
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]{1,60})(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]++)))?")
_ANY_TAG = re.compile(r"<[^<>]*+>")
_LONGEST_TAG = 100_000
# Each tag without an end costs a look ahead; a page with this many is not worth more of them.
_MOST_BROKEN = 100

Attributes = dict[str, str]


@dataclass(slots=True)
class Markup:
    """What the pass found: tags in their order, with attributes by name in lower case."""

    html: Attributes = field(default_factory=dict)
    base: Attributes = field(default_factory=dict)
    metas: list[Attributes] = field(default_factory=list)
    links: list[Attributes] = field(default_factory=list)
    title: str = ""
    heading: str = ""
    linked_data: list[str] = field(default_factory=list)
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A tag that matters with its content if it is one whose content is not markup; `text` is what came before it."""

    name: str
    attributes: Attributes
    content: str
    text: str


_CONTENT_IS_TEXT = frozenset({"title", "script", "style", "textarea", "noscript", "template", "svg"})
_ENDS = {name: re.compile(rf"</{name}[\s>/]", re.IGNORECASE) for name in _CONTENT_IS_TEXT}


def scan(source: str) -> Markup:
    found = Markup()
    article = _Region()
    texts: list[str] = []
    heading = None
    for piece in _pieces(source):
        texts.append(piece.text)
        if piece.name.lstrip("/") in ("article", "main"):
            article.mark(piece.name, len(texts))
        else:
            _keep(piece, found)
        if piece.name == "h1" and heading is None:
            heading = len(texts)
    found.heading = _readable(texts[heading : heading + 1]) if heading is not None else ""
    found.text = _readable(article.of(texts))
    return found


def _readable(texts: list[str]) -> str:
    return html.unescape(_ANY_TAG.sub(" ", " ".join(texts)[:_LONGEST_TEXT]))


def _pieces(source: str) -> Iterator[_Piece]:
    position = pieces = broken = 0
    while pieces < _MOST_PIECES and broken < _MOST_BROKEN and (start := _START.search(source, position)):
        pieces += 1
        before = source[position : start.start()]
        rest = _REST.match(source, start.end(), start.end() + _LONGEST_TAG) if start[2] else None
        if rest:
            name = start[1] + start[2].lower()
            content, position = _content(source, name, rest.end())
            yield _Piece(name, _attributes(rest[1]), content, before)
        else:
            broken += start[2] is not None
            position = start.end() if start[2] else _after(source, "-->", start.end())
            yield _Piece("", {}, "", before)
    yield _Piece("", {}, "", source[position:])


def _after(source: str, mark: str, position: int) -> int:
    found = source.find(mark, position)
    return found + len(mark) if found >= 0 else len(source)


def _content(source: str, name: str, position: int) -> tuple[str, int]:
    """Content and where reading goes on; an element that is never closed takes the rest, as in browsers."""
    if name not in _ENDS:
        return "", position
    end = _ENDS[name].search(source, position)
    stop = end.start() if end else len(source)
    return source[position : min(stop, position + _LONGEST_DATA)], stop


def _attributes(markup: str) -> Attributes:
    found: Attributes = {}
    for match in _ATTRIBUTE.finditer(markup):
        name, double, single, bare = match.groups()
        found.setdefault(name.lower(), html.unescape(double or single or bare or ""))
    return found


def _keep(piece: _Piece, found: Markup) -> None:
    attributes = piece.attributes
    if piece.name == "meta" and len(found.metas) < _MOST_TAGS:
        found.metas.append(attributes)
    elif piece.name == "link" and len(found.links) < _MOST_TAGS:
        found.links.append(attributes)
    elif piece.name == "title":
        found.title = found.title or html.unescape(piece.content)
    elif piece.name in ("html", "base"):
        first = found.html if piece.name == "html" else found.base
        first.update({name: value for name, value in attributes.items() if name not in first})
    elif piece.name == "script" and _is_linked_data(piece) and len(found.linked_data) < _MOST_DATA:
        found.linked_data.append(piece.content)


def _is_linked_data(piece: _Piece) -> bool:
    kind = piece.attributes.get("type", "").strip().lower()
    return kind == "application/ld+json" and len(piece.content) < _LONGEST_DATA


class _Region:
    """From the first <article> (or else <main>) to the last closing one: what a page itself calls its content."""

    def __init__(self) -> None:
        self._starts: dict[str, int] = {}
        self._ends: dict[str, int] = {}

    def mark(self, name: str, place: int) -> None:
        if name.startswith("/"):
            self._ends[name[1:]] = place
        else:
            self._starts.setdefault(name, place)

    def of(self, texts: list[str]) -> list[str]:
        for name in ("article", "main"):
            if name in self._starts:
                return texts[self._starts[name] : self._ends.get(name, len(texts))]
        return texts
