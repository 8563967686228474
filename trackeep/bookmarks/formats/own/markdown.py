"""Markdown of ours: a list of pages by collection that reads well, and that comes back as it was."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO

from trackeep.bookmarks.drafts import Quote
from trackeep.bookmarks.formats.entries import Entry, Given, GivenQuote, Maker
from trackeep.bookmarks.formats.own.escapes import escape, join, split, unescape
from trackeep.bookmarks.formats.own.shapes import iso
from trackeep.bookmarks.formats.rows import Row
from trackeep.bookmarks.formats.sources import lines_of

SIGN = "<!-- trackeep-bookmarks 1 -->"
_SPECIAL = "[]<>*_`#&!|~"
_HEADING = re.compile(r"## (.*)")
_PAGE = re.compile(r"- \[((?:[^\]\\]|\\.)*)\]\(<((?:[^>\\]|\\.)*)>\)\s*")
_FACT = re.compile(r"  - (Tags|Marks|Author|Published|Added|Changed): (.*)")
_TEXT = re.compile(r"  - (Description|Notes|Note):\s*")
_QUOTE = re.compile(r"  - Highlight \((\w{1,20})(?:, ([^)]{1,60}))?\):\s*")
_BLOCK = re.compile(r"    > ?(.*)", re.DOTALL)
_MARKS = ("unread", "favourite", "archived", "shared")


def is_document(head: str) -> bool:
    return SIGN in head[:2_000]


def write(rows: Iterable[Row], title: str) -> Iterator[bytes]:
    """Rows that follow each other in one folder stand below one heading."""
    yield f"# {escape(title, _SPECIAL)}\n\n{SIGN}\n".encode()
    here: tuple[str, ...] | None = None
    is_inside = False
    for row in rows:
        if row.folders != here:
            here = row.folders
            yield f"\n## {join(here, '/', also=_SPECIAL) or '/'}\n\n".encode() if is_inside or here else b"\n"
            is_inside = True
        yield "".join(_page(row)).encode()


def read(stream: IO[bytes], maker: Maker) -> Iterator[Entry]:
    return _Reader(maker).entries(lines_of(stream))


# --- writing ---


def _page(row: Row) -> Iterator[str]:
    yield f"- [{escape(row.title, _SPECIAL)}](<{escape(row.url, '<>')}>)\n"
    if row.tags:
        yield f"  - Tags: {join(row.tags, ',', also=_SPECIAL, blank=' ')}\n"
    marks = (row.unread, row.favourite, row.archived, row.private is False)
    if any(marks):
        yield f"  - Marks: {', '.join(name for name, is_set in zip(_MARKS, marks, strict=True) if is_set)}\n"
    facts = (("Added", iso(row.added)), ("Changed", iso(row.changed)), ("Published", iso(row.published)))
    yield from (f"  - {name}: {value}\n" for name, value in facts if value)
    if row.author:
        yield f"  - Author: {escape(' '.join(row.author.split()), _SPECIAL)}\n"
    yield from _block("Description", row.description)
    yield from _block("Notes", row.notes)
    for quote in row.highlights:
        yield from _highlight(quote)


def _highlight(quote: Quote) -> Iterator[str]:
    at = f", {iso(quote.added_at)}" if quote.added_at else ""
    yield from _block(f"Highlight ({quote.colour}{at})", quote.text)
    yield from _block("Note", quote.note)


def _block(name: str, text: str) -> Iterator[str]:
    if text:
        yield f"  - {name}:\n"
        yield from (f"    > {line}\n" for line in text.split("\n"))


# --- reading ---


@dataclass(slots=True)
class _Page:
    title: str
    url: str
    facts: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    highlights: list[GivenQuote] = field(default_factory=list)


class _Reader:
    def __init__(self, maker: Maker) -> None:
        self._maker = maker
        self._number = 0
        self._folders: list[str] = []
        self._page: _Page | None = None
        self._lines: list[str] = []
        self._keep: Callable[[str], None] | None = None
        self._ending = "\n"

    def entries(self, lines: Iterator[str]) -> Iterator[Entry]:
        first = next(lines, "")
        # Some tools give all lines the ends of Windows; otherwise a carriage return belongs to the text.
        self._ending = "\r\n" if first.endswith("\r\n") else "\n"
        for line in _joined(lines):
            yield from self._line(line.removesuffix(self._ending).removesuffix("\n"))
        yield from self._finished()

    def _line(self, line: str) -> Iterator[Entry]:
        block = _BLOCK.fullmatch(line)
        if block is not None and self._keep is not None:
            self._lines.append(block[1])
            return
        self._end_block()
        if heading := _HEADING.fullmatch(line):
            yield from self._finished()
            self._folders = split(heading[1], "/")
        elif page := _PAGE.fullmatch(line):
            yield from self._finished()
            self._number += 1
            self._page = _Page(unescape(page[1]), unescape(page[2]))
        elif self._page is not None:
            self._detail(self._page, line)

    def _detail(self, page: _Page, line: str) -> None:
        if fact := _FACT.fullmatch(line):
            page.facts[fact[1]] = fact[2]
        elif text := _TEXT.fullmatch(line):
            self._keep = self._note if text[1] == "Note" else lambda found: page.texts.update({text[1]: found})
        elif quote := _QUOTE.fullmatch(line):
            colour, added = quote[1], quote[2]
            self._keep = lambda found: page.highlights.append(GivenQuote(text=found, colour=colour, added=added))

    def _note(self, text: str) -> None:
        if self._page is not None and self._page.highlights:
            quote = self._page.highlights.pop()
            self._page.highlights.append(GivenQuote(text=quote.text, note=text, colour=quote.colour, added=quote.added))

    def _end_block(self) -> None:
        if self._keep is not None:
            self._keep("\n".join(self._lines))
        self._keep, self._lines = None, []

    def _finished(self) -> Iterator[Entry]:
        self._end_block()
        page, self._page = self._page, None
        if page is not None:
            yield from self._maker.take(self._number, self._given(page))

    def _given(self, page: _Page) -> Given:
        marks = {mark.strip() for mark in page.facts.get("Marks", "").split(",")}
        get = page.facts.get
        return Given(
            url=page.url,
            title=page.title,
            description=page.texts.get("Description", ""),
            notes=page.texts.get("Notes", ""),
            author=unescape(get("Author", "")),
            tags=split(get("Tags", ""), ","),
            folders=[self._folders] if self._folders else [],
            added=get("Added"),
            changed=get("Changed"),
            published=get("Published"),
            unread="unread" in marks,
            favourite="favourite" in marks,
            archived="archived" in marks,
            private="shared" not in marks,
            highlights=page.highlights,
        )


def _joined(lines: Iterator[str]) -> Iterator[str]:
    """Whole lines: a carriage return alone ends none here."""
    kept: list[str] = []
    for line in lines:
        kept.append(line)
        if line.endswith("\n"):
            yield "".join(kept)
            kept = []
    if kept:
        yield "".join(kept)
