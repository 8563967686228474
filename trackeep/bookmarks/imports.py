"""What becomes of the entries of a file: the report line of each, decided before anything is saved."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from trackeep.bookmarks.drafts import Draft, Quote
from trackeep.bookmarks.formats import Format, Problem, Root, Row, What
from trackeep.bookmarks.formats.rows import WORDS
from trackeep.bookmarks.models import MAX_DESCRIPTION, MAX_TITLE
from trackeep.bookmarks.progress import NOT_BEGUN, Progress
from trackeep.bookmarks.urls import url_key
from trackeep.core.i18n import LazyString
from trackeep.core.i18n import lazy_gettext as _l

MAX_TAGS = 100
MAX_FOLDERS = 5_000
MAX_HIGHLIGHTS = 500
Place = tuple[str, ...]


class Outcome(StrEnum):
    """``SAME`` is a page that the file has already had, ``KNOWN`` one that the library has, ``REMARK`` a line about
    the file and not about an entry. ``SAVED`` is what ``NEW`` becomes."""

    NEW = "new"
    SAME = "same"
    KNOWN = "known"
    SKIPPED = "skipped"
    BROKEN = "broken"
    REMARK = "remark"
    SAVED = "saved"


ENTRIES = tuple(outcome for outcome in Outcome if outcome is not Outcome.REMARK)


class Note(StrEnum):
    """What is told about an entry beside what the reader of the file has found."""

    KEYWORD = "keyword"
    MANY_FOLDERS = "many_folders"


NOTE_WORDS: Mapping[str, LazyString] = {
    **{what.value: words for what, words in WORDS.items()},
    Note.KEYWORD: _l("The browser's keyword for this page was not taken."),
    Note.MANY_FOLDERS: _l("The file has too many folders; this page was put into the one above."),
}


FORMAT_NAMES: Mapping[str, LazyString | str] = {
    Format.NETSCAPE: _l("Browser (HTML)"),
    Format.POCKET: "Pocket",
    Format.RAINDROP: "Raindrop.io",
    Format.INSTAPAPER: "Instapaper",
    Format.OMNIVORE: "Omnivore",
    Format.KARAKEEP: "Karakeep",
    Format.LINKWARDEN: "Linkwarden",
    Format.MATTER: "Matter",
    Format.READWISE: "Readwise Reader",
    Format.ONETAB: "OneTab",
    Format.TRACKEEP: "Trackeep",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A line of the report; ``position`` counts lines, ``number`` the entries of the file."""

    position: int
    number: int
    outcome: Outcome
    title: str
    url: str = ""
    url_key: str | None = None
    same_as: int | None = None
    notes: tuple[str, ...] = ()
    payload: Mapping[str, Any] = field(default_factory=dict)


def findings(entries: Iterable[Row | Problem]) -> Iterator[Finding]:
    """One line for each entry, and one for each remark about the file. What the library has is not known here."""
    planner = _Planner()
    for entry in entries:
        yield from planner.take(entry)
    yield from planner.end()


def draft_of(
    first: Mapping[str, Any],
    others: Sequence[Mapping[str, Any]],
    *,
    title: str,
    url: str,
    collection_ids: Sequence[int],
) -> Draft:
    """What is saved for a page: the first entry's texts, the tags and marks of all entries with this page."""
    entries = (first, *others)
    moments = [datetime.fromisoformat(entry["added"]) for entry in entries if entry.get("added")]
    published = _first(entries, "published")
    return Draft(
        url=url,
        title=title,
        description=_first(entries, "description"),
        notes=_first(entries, "notes"),
        tags=tuple(merged_tags(entries)),
        collection_ids=collection_ids,
        unread=any(entry.get("unread") for entry in entries),
        favourite=any(entry.get("favourite") for entry in entries),
        archived=all(entry.get("archived") for entry in entries),
        shared=any(entry.get("public") for entry in entries),
        added_at=min(moments, default=None),
        author=_first(entries, "author"),
        published_at=datetime.fromisoformat(published) if published else None,
        highlights=merged_highlights(entries),
        progress=_furthest(entries),
    )


def places_of(entry: Mapping[str, Any]) -> list[Place]:
    """The folders that an entry lies in; one that lies in none has one empty place."""
    return [tuple(path) for path in (entry.get("folders", ()), *entry.get("more", ()))]


def merged_highlights(entries: Iterable[Mapping[str, Any]]) -> list[Quote]:
    """Each text once, with the first note that there is about it."""
    found: dict[str, Quote] = {}
    for quote in (_quote(told) for entry in entries for told in entry.get("highlights", ())):
        known = found.setdefault(quote.text, quote)
        if quote.note and not known.note:
            found[quote.text] = replace(known, note=quote.note)
    return list(found.values())[:MAX_HIGHLIGHTS]


def merged_tags(entries: Iterable[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(tag for entry in entries for tag in entry.get("tags", ())))[:MAX_TAGS]


def note_words(codes: str) -> list[str]:
    """The sentences that stored codes stand for."""
    return [str(NOTE_WORDS[code]) for code in codes.split(",") if code in NOTE_WORDS]


def _quote(told: Mapping[str, Any]) -> Quote:
    added = told.get("added")
    return Quote(
        text=told["text"],
        note=told.get("note", ""),
        colour=told.get("colour", "yellow"),
        added_at=datetime.fromisoformat(added) if added else None,
    )


def _furthest(entries: Iterable[Mapping[str, Any]]) -> Progress:
    found = [_progress(entry["read"]) for entry in entries if entry.get("read")]
    return max(found, key=lambda each: (each.finished_at is not None, each.fraction), default=NOT_BEGUN)


def _progress(told: Mapping[str, Any]) -> Progress:
    at, finished = told.get("at"), told.get("finished")
    return Progress(
        told["fraction"],
        datetime.fromisoformat(at) if at else None,
        datetime.fromisoformat(finished) if finished else None,
    )


def _told_progress(progress: Progress) -> dict[str, Any]:
    moments = {"at": progress.updated_at, "finished": progress.finished_at}
    told = {name: moment.isoformat() for name, moment in moments.items() if moment}
    return {"fraction": progress.fraction, **told}


def _told(quote: Quote) -> dict[str, str]:
    parts = {
        "text": quote.text,
        "note": quote.note,
        "colour": quote.colour,
        "added": quote.added_at.isoformat() if quote.added_at else "",
    }
    return {name: value for name, value in parts.items() if value}


def _first(entries: Iterable[Mapping[str, Any]], name: str) -> str:
    return next((str(entry[name]) for entry in entries if entry.get(name)), "")


class _Planner:
    """Keeps what later entries are compared with: 32 bytes a page and the names of the folders."""

    def __init__(self) -> None:
        self._position = 0
        self._first: dict[bytes, int] = {}
        self._folders: set[tuple[str, ...]] = set()
        self._pending: list[Problem] = []

    def take(self, entry: Row | Problem) -> Iterator[Finding]:
        if isinstance(entry, Problem) and not entry.skipped:
            self._pending.append(entry)
            return
        about = [problem for problem in self._pending if problem.number == entry.number]
        yield from self._remarks(problem for problem in self._pending if problem.number != entry.number)
        self._pending.clear()
        if isinstance(entry, Row):
            yield self._row(entry, [problem.what for problem in about])
        else:
            outcome = Outcome.BROKEN if entry.what is What.BROKEN else Outcome.SKIPPED
            yield self._line(entry, outcome, (entry.what, *(problem.what for problem in about)))

    def end(self) -> Iterator[Finding]:
        yield from self._remarks(self._pending)

    def _remarks(self, problems: Iterable[Problem]) -> Iterator[Finding]:
        for problem in problems:
            yield self._line(problem, Outcome.REMARK, (problem.what,))

    def _line(self, problem: Problem, outcome: Outcome, notes: tuple[str, ...]) -> Finding:
        payload = {"left": dict(problem.left)} if problem.left else {}
        return Finding(self._next(), problem.number, outcome, problem.subject[:MAX_TITLE], notes=notes, payload=payload)

    def _row(self, row: Row, notes: list[str]) -> Finding:
        key = url_key(row.url)
        first = self._first.setdefault(bytes.fromhex(key), row.number)
        places = [self._known_place(path, notes) for path in (_place_of(row), *row.more_folders)]
        payload = _payload(row, places, notes)
        same = first != row.number
        return Finding(
            self._next(),
            row.number,
            Outcome.SAME if same else Outcome.NEW,
            _shortened(row.title, MAX_TITLE, What.CUT_TITLE, notes),
            row.url,
            key,
            first if same else None,
            tuple(dict.fromkeys(notes)),
            payload,
        )

    def _known_place(self, path: Place, notes: list[str]) -> Place:
        for depth in range(1, len(path) + 1):
            if path[:depth] not in self._folders:
                if len(self._folders) >= MAX_FOLDERS:
                    notes.append(Note.MANY_FOLDERS)
                    return path[: depth - 1]
                self._folders.add(path[:depth])
        return path

    def _next(self) -> int:
        self._position += 1
        return self._position


def _place_of(row: Row) -> Place:
    """'Other bookmarks' is the browser's place for what is in no folder, so its name is left out."""
    return row.folders[1:] if row.root is Root.UNFILED else row.folders


def _payload(row: Row, places: Sequence[Place], notes: list[str]) -> dict[str, Any]:
    """What is there of it: an import of 100,000 entries is kept in the database for a while."""
    if row.keyword:
        notes.append(Note.KEYWORD)
    parts = {
        "description": _shortened(row.description, MAX_DESCRIPTION, What.CUT_TEXT, notes),
        "notes": row.notes,
        "tags": list(row.tags),
        "folders": list(places[0]),
        "more": [list(path) for path in places[1:] if path],
        "added": row.added.isoformat() if row.added else "",
        "unread": row.unread,
        "favourite": row.favourite,
        "archived": row.archived,
        "public": row.private is False,
        "author": row.author,
        "published": row.published.isoformat() if row.published else "",
        "read": _told_progress(row.progress) if row.progress else None,
        "highlights": [_told(quote) for quote in row.highlights],
    }
    return {name: value for name, value in parts.items() if value}


def _shortened(text: str, longest: int, what: What, notes: list[str]) -> str:
    if len(text) <= longest:
        return text
    notes.append(what)
    return text[: longest - 1].rstrip() + "…"
