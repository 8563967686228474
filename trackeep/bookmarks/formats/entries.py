"""Turns what a format tells about an entry into a row, or into the problem that keeps it from being one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from trackeep.bookmarks.drafts import Quote
from trackeep.bookmarks.formats.limits import (
    MAX_AUTHOR,
    MAX_DEPTH,
    MAX_DESCRIPTION,
    MAX_FOLDER,
    MAX_FOLDERS,
    MAX_HIGHLIGHTS,
    MAX_LEFT,
    MAX_NOTES,
    MAX_QUOTE,
    MAX_SUBJECT,
    MAX_TAG,
    MAX_TAGS,
    MAX_TITLE,
)
from trackeep.bookmarks.formats.rows import Problem, Row, What, why_refused
from trackeep.bookmarks.formats.words import Words
from trackeep.bookmarks.progress import Progress
from trackeep.bookmarks.urls import RefusedUrl, clean_url

Entry = Row | Problem
Moment = str | int | float | None
COLOURS = frozenset({"yellow", "green", "blue", "pink", "purple"})
_SIMILAR = {"orange": "yellow", "red": "pink", "cyan": "blue", "teal": "blue", "violet": "purple"}


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenQuote:
    """A highlight as the file has it."""

    text: str
    note: str = ""
    colour: str = ""
    added: Moment = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An entry as the file has it: nothing is checked, cut or cleaned yet. ``progress`` is in percent."""

    url: str
    title: str = ""
    description: str = ""
    notes: str = ""
    author: str = ""
    tags: Sequence[str] = ()
    folders: Sequence[Sequence[str]] = ()
    added: Moment = None
    changed: Moment = None
    published: Moment = None
    unread: bool = False
    favourite: bool = False
    archived: bool = False
    private: bool | None = None
    progress: int | None = None
    highlights: Sequence[GivenQuote] = ()


class Maker:
    """Makes rows; ``exact`` for our own formats, whose texts come back as they were."""

    def __init__(self, now: datetime, *, exact: bool = False) -> None:
        self._words = Words(now, exact=exact)

    def take(self, number: int, given: Given) -> Iterator[Entry]:
        """The row behind the remarks about it, or the problem for which it is left out."""
        if not given.url.strip() and given.notes.strip():
            yield self._text_entry(number, given)
            return
        title = self._words.line(given.title, MAX_TITLE, What.CUT_TITLE)
        address = self._words.plain(given.url)
        try:
            url = clean_url(address)
        except RefusedUrl as refused:
            yield Problem(number, why_refused(address, refused), (title or address)[:MAX_SUBJECT], self._left(given))
        else:
            row = self._row(number, given, url, title)
            yield from (Problem(number, what, (title or url)[:MAX_SUBJECT]) for what in self._words.noticed)
            yield row
        self._words.noticed.clear()

    def _text_entry(self, number: int, given: Given) -> Problem:
        """An entry that is a text and no page."""
        title = self._words.line(given.title or given.notes[:MAX_SUBJECT], MAX_SUBJECT, What.CUT_TITLE)
        left = self._left(given)
        self._words.noticed.clear()
        return Problem(number, What.TEXT_ENTRY, title, left)

    def _row(self, number: int, given: Given, url: str, title: str) -> Row:
        words = self._words
        folders = self._folders(given.folders)
        return Row(
            number=number,
            url=url,
            title=title,
            description=words.text(given.description, MAX_DESCRIPTION, What.CUT_TEXT),
            notes=words.text(given.notes, MAX_NOTES, What.CUT_TEXT),
            tags=self._tags(given.tags),
            folders=folders[0] if folders else (),
            more_folders=tuple(folders[1:]),
            added=words.moment(given.added),
            changed=words.moment(given.changed),
            published=words.moment(given.published, any_year=True),
            author=words.line(given.author, MAX_AUTHOR, What.CUT_TEXT),
            unread=given.unread,
            favourite=given.favourite,
            archived=given.archived,
            private=given.private,
            progress=Progress((given.progress or 0) / 100),
            highlights=self._highlights(given.highlights),
        )

    def _tags(self, names: Iterable[str]) -> tuple[str, ...]:
        """Each once without regard to case."""
        found: dict[str, str] = {}
        for name in names:
            clean = self._words.line(name, MAX_TAG, What.CUT_TAGS)
            if clean:
                found.setdefault(clean.casefold(), clean)
        if len(found) > MAX_TAGS:
            self._words.notice(What.CUT_TAGS)
        return tuple(found.values())[:MAX_TAGS]

    def _folders(self, places: Iterable[Sequence[str]]) -> list[tuple[str, ...]]:
        paths = dict.fromkeys(filter(None, map(self._path, places)))
        if len(paths) > MAX_FOLDERS:
            self._words.notice(What.CUT_FOLDER)
        return list(paths)[:MAX_FOLDERS]

    def _path(self, place: Sequence[str]) -> tuple[str, ...]:
        names = (self._words.line(name, MAX_FOLDER, What.CUT_FOLDER) for name in place)
        path = tuple(filter(None, names))
        if len(path) > MAX_DEPTH:
            self._words.notice(What.TOO_DEEP)
        return path[:MAX_DEPTH]

    def _highlights(self, given: Iterable[GivenQuote]) -> tuple[Quote, ...]:
        """Each text once."""
        found: dict[str, Quote] = {}
        for each in given:
            quote = self._quote(each)
            if quote is not None:
                known = found.setdefault(quote.text, quote)
                if quote.note and not known.note:
                    found[quote.text] = replace(known, note=quote.note)
        if len(found) > MAX_HIGHLIGHTS:
            self._words.notice(What.CUT_HIGHLIGHTS)
        return tuple(found.values())[:MAX_HIGHLIGHTS]

    def _quote(self, given: GivenQuote) -> Quote | None:
        words = self._words
        text = words.text(given.text, MAX_QUOTE, What.CUT_HIGHLIGHTS)
        if not text:
            return None
        return Quote(
            text=text,
            note=words.text(given.note, MAX_QUOTE, What.CUT_HIGHLIGHTS),
            colour=colour_of(given.colour),
            added_at=words.moment(given.added),
        )

    def _left(self, given: Given) -> Mapping[str, object]:
        """What of an entry that is left out can be downloaded."""
        added = self._words.moment(given.added)
        parts: dict[str, object] = {
            "url": self._words.plain(given.url)[:MAX_LEFT],
            "title": self._words.plain(given.title)[:MAX_TITLE],
            "description": self._words.plain(given.description)[:MAX_LEFT],
            "text": self._words.plain(given.notes)[:MAX_LEFT],
            "tags": list(self._tags(given.tags)),
            "folders": [list(path) for path in self._folders(given.folders)],
            "highlights": [quote.text for quote in self._highlights(given.highlights)],
            "added": added.isoformat() if added else "",
        }
        return {name: value for name, value in parts.items() if value}


def colour_of(text: str) -> str:
    """The colour's plain name; yellow where there is none."""
    name = text.strip().lower()
    return _SIMILAR.get(name, name if name in COLOURS else "yellow")


def percent(value: object) -> int | None:
    """A reading progress of 0 to 100; None for what is none."""
    try:
        number = float(str(value).strip().rstrip("%"))
    except ValueError:
        return None
    return round(number) if 0 <= number <= 100 else None
