"""Omnivore: lists of JSON objects, in an archive with a Markdown file of highlights for each page."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import IO, Any

from trackeep.bookmarks.formats import fields
from trackeep.bookmarks.formats.entries import Entry, Given, GivenQuote, Maker, percent

_BLOCK = re.compile(r"^>(?!>)[ \t]?(.*)$")

Highlights = Callable[[str], Sequence[GivenQuote]]


def read_list(stream: IO[bytes], maker: Maker, highlights_of: Highlights | None = None) -> Iterator[Entry]:
    """``highlights_of`` finds those of a page by its slug."""

    def given(item: Mapping[str, Any]) -> Given:
        return _given(item, highlights_of)

    return fields.entries(stream, maker, lambda path: len(path) == 1, given)


def quotes_in(text: str) -> list[GivenQuote]:
    """The quoted blocks of a page's Markdown file; what is written below a block is a note about it."""
    quotes: list[GivenQuote] = []
    block: list[str] = []
    note: list[str] = []
    for line in text.splitlines():
        quoted = _BLOCK.match(line)
        if quoted is None:
            note.append(line)
            continue
        if note:
            quotes += _quote(block, note)
            block, note = [], []
        block.append(quoted[1])
    return quotes + _quote(block, note)


def _quote(block: list[str], note: list[str]) -> list[GivenQuote]:
    """What stands in front of the first block is no note."""
    text = without_labels("\n".join(block)).strip()
    return [GivenQuote(text=text, note="\n".join(note).strip())] if text else []


def without_labels(text: str) -> str:
    """The text up to the labels at its end, each a word behind a number sign."""
    end = len(text.rstrip())
    while (sign := text.rfind("#", 0, end)) > 0 and text[sign - 1].isspace():
        label = text[sign + 1 : end]
        if label.split() != [label]:
            break
        end = sign - 1
    return text[:end]


def _given(item: Mapping[str, Any], highlights_of: Highlights | None) -> Given:
    state = fields.text(item, "state").lower()
    progress = percent(item.get("readingProgress"))
    slug = fields.text(item, "slug")
    return Given(
        url=fields.text(item, "url"),
        title=fields.text(item, "title"),
        description=fields.text(item, "description"),
        author=fields.text(item, "author"),
        tags=fields.names(item.get("labels")),
        added=fields.moment(item, "savedAt"),
        published=fields.moment(item, "publishedAt"),
        archived=state == "archived",
        unread=state != "archived" and progress != 100,
        progress=progress,
        highlights=highlights_of(slug) if highlights_of and slug else (),
    )
