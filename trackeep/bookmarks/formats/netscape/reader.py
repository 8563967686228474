"""Reads a bookmark file row by row, tolerantly: every entry becomes a row or a problem, whatever state it is in."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import IO

from trackeep.bookmarks.formats.limits import MAX_FOLDER, MAX_LEFT, MAX_ROWS, MAX_TITLE
from trackeep.bookmarks.formats.netscape.folders import Folders
from trackeep.bookmarks.formats.netscape.source import Source, open_source
from trackeep.bookmarks.formats.netscape.tokens import BROKEN, TEXT, tokens
from trackeep.bookmarks.formats.netscape.values import (
    ARCHIVED_TAG,
    Values,
    attributes,
    is_true,
)
from trackeep.bookmarks.formats.rows import Problem, Root, Row, What, why_refused
from trackeep.bookmarks.urls import RefusedUrl, clean_url

# The longest notes, every character of them escaped.
_MAX_COLLECTED = 2_000_000
_MAX_SUBJECT = 200
_RUN_ON = re.compile(rb"\s[A-Za-z_]{1,40}=\Z")

_ROOTS = {"personal_toolbar_folder": Root.TOOLBAR, "unfiled_bookmarks_folder": Root.UNFILED}


def read(stream: IO[bytes], *, now: datetime, max_rows: int = MAX_ROWS) -> Iterator[Row | Problem]:
    """The entries in their order, numbered from 1: a Row, or a Problem whose `skipped` is true, for each of them.

    Problems that are not `skipped` come right before the row that they are about. Raises UnreadableFile at once when
    the stream is no bookmark file. Later dates than one day after `now` are not believed.
    """
    return _Reader(open_source(stream), now, max_rows).entries()


class _Text:
    """Collects the text of one element, up to a bound."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._size = 0

    def add(self, piece: bytes) -> None:
        if self._size < _MAX_COLLECTED:
            self._pieces.append(piece[: _MAX_COLLECTED - self._size])
            self._size += len(piece)

    def value(self) -> bytes:
        return b"".join(self._pieces)


class _Reader:
    def __init__(self, source: Source, now: datetime, max_rows: int) -> None:
        self._source = source
        self._max_rows = max_rows
        self._values = Values(source.encoding, transcoded=source.transcoded, now=now)
        self._folders = Folders()
        self._found: list[Row | Problem] = []
        self._number = 0
        self._entry: dict[str, bytes] | None = None
        self._heading: dict[str, bytes] | None = None
        self._title = _Text()
        self._detail = _Text()
        self._collecting: _Text | None = None
        self._handlers: dict[bytes, Callable[[bytes], None]] = {
            b"A": self._on_link,
            b"/A": self._on_link_end,
            b"H3": self._on_heading,
            b"/H3": self._on_heading_end,
            b"DL": self._on_list,
            b"/DL": self._on_list_end,
            b"DT": self._on_item,
            b"HR": self._on_item,
            b"DD": self._on_detail,
            b"P": self._on_break,
            b"BR": self._on_break,
            BROKEN: self._on_broken,
        }

    def entries(self) -> Iterator[Row | Problem]:
        for name, markup in tokens(self._source.chunks):
            if name == TEXT:
                if self._collecting is not None:
                    self._collecting.add(markup)
            elif handler := self._handlers.get(name):
                handler(markup)
                yield from self._found
                self._found.clear()
                if self._number > self._max_rows:
                    self._entry = None
                    yield from self._last(What.TOO_MANY)
                    return
        yield from self._last(What.TRUNCATED if self._folders.is_open else None)

    def _last(self, what: What | None) -> list[Row | Problem]:
        self._finish()
        self._tell_empty(self._folders.forget())
        if what:
            self._tell(what)
        return self._found

    # --- tags ---

    def _on_link(self, markup: bytes) -> None:
        found = attributes(markup)
        if "href" not in found and self._collecting is self._title and self._entry is not None:
            self._title.add(b"<a" + markup + b">")  # part of a title about markup, which nobody escaped
            return
        self._finish()
        self._number += 1
        self._folders.use()
        self._entry = found
        self._title = self._collecting = _Text()
        self._detail = _Text()

    def _on_link_end(self, _markup: bytes) -> None:
        if self._entry is not None:
            self._collecting = None

    def _on_heading(self, markup: bytes) -> None:
        self._finish()
        self._heading = attributes(markup)
        self._title = self._collecting = _Text()

    def _on_heading_end(self, _markup: bytes) -> None:
        if self._heading is not None:
            self._finish()

    def _on_list(self, _markup: bytes) -> None:
        self._finish()
        if not self._folders.enter():
            self._tell(What.TOO_DEEP, " / ".join(self._folders.path[-2:]))

    def _on_list_end(self, _markup: bytes) -> None:
        self._finish()
        self._tell_empty(self._folders.forget())
        self._tell_empty(self._folders.leave())

    def _on_item(self, _markup: bytes) -> None:
        self._finish()

    def _on_detail(self, _markup: bytes) -> None:
        self._collecting = self._detail if self._entry is not None else None

    def _on_break(self, _markup: bytes) -> None:
        if self._collecting is not None:
            self._collecting.add(b"\n")

    def _on_broken(self, markup: bytes) -> None:
        self._finish()
        self._number += 1
        self._folders.use()
        left = {"text": self._values.plain(self._values.decoded(markup))[:MAX_LEFT]}
        self._tell(What.BROKEN, self._values.line(markup, _MAX_SUBJECT, What.BROKEN), left)
        self._values.noticed.clear()

    # --- what has been collected ---

    def _finish(self) -> None:
        """Whatever element is open ends here, since closing tags are optional or forgotten."""
        entry, heading = self._entry, self._heading
        self._entry = self._heading = self._collecting = None
        if entry is not None:
            self._finish_entry(entry)
        elif heading is not None:
            self._finish_heading(heading)

    def _finish_heading(self, heading: dict[str, bytes]) -> None:
        name = self._values.line(self._title.value(), MAX_FOLDER, What.CUT_FOLDER)
        root = next((kind for mark, kind in _ROOTS.items() if is_true(heading.get(mark, b""))), Root.NONE)
        self._tell_empty(self._folders.announce(name, root))
        self._tell_noticed(name)

    def _finish_entry(self, entry: dict[str, bytes]) -> None:
        values = self._values
        title = values.line(self._title.value(), MAX_TITLE, What.CUT_TITLE)
        address = self._address(entry.get("href", b""))
        try:
            url = clean_url(address)
        except RefusedUrl as refused:
            values.noticed.clear()
            left = {"url": address[:MAX_LEFT], "title": title, "folders": [list(self._folders.path)]}
            self._tell(why_refused(address, refused), title or address, left)
            return
        row = self._row(entry, url, title)
        self._tell_noticed(title or url)
        self._found.append(row)

    def _address(self, raw: bytes) -> str:
        # Without its closing quote, an address goes on to the opening quote of the next attribute.
        run_on = _RUN_ON.search(raw)
        if run_on:
            raw = raw[: run_on.start()]
            self._values.notice(What.REPAIRED)
        return self._values.plain(self._values.decoded(raw))

    def _row(self, entry: dict[str, bytes], url: str, title: str) -> Row:
        values, get = self._values, entry.get
        description, notes = values.description_and_notes(self._detail.value())
        tags = values.tags(get("tags", b""))
        return Row(
            number=self._number,
            url=url,
            title=title,
            description=description,
            notes=notes,
            tags=tuple(tag for tag in tags if tag != ARCHIVED_TAG),
            folders=self._folders.path,
            root=self._folders.root,
            added=values.moment(get("add_date", b"")),
            changed=values.moment(get("last_modified", b"")),
            unread=is_true(get("toread", b"")),
            favourite=is_true(get("favorite", b"")),
            archived=ARCHIVED_TAG in tags,
            private=is_true(entry["private"]) if "private" in entry else None,
            keyword=values.line(get("shortcuturl", b""), MAX_TITLE, What.CUT_TEXT),
        )

    def _tell(self, what: What, subject: str = "", left: Mapping[str, object] | None = None) -> None:
        kept = {name: value for name, value in (left or {}).items() if value and value != [[]]}
        self._found.append(Problem(self._number, what, subject[:_MAX_SUBJECT], kept))

    def _tell_noticed(self, subject: str) -> None:
        for what in self._values.noticed:
            self._tell(what, subject)
        self._values.noticed.clear()

    def _tell_empty(self, path: str) -> None:
        if path:
            self._tell(What.EMPTY_FOLDER, path)
