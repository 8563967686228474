"""Values inside a bookmark file: attributes, text in any state of decay, dates of any unit, tags, flags and notes."""

import html
import re
from datetime import UTC, datetime, timedelta

from trackeep.bookmarks.formats.limits import MAX_DESCRIPTION, MAX_NOTES, MAX_TAG, MAX_TAGS
from trackeep.bookmarks.formats.rows import What

ARCHIVED_TAG = "linkding:bookmarks.archived"
NOTES_START = "[linkding-notes]"
NOTES_END = "[/linkding-notes]"

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_LATEST_AHEAD = timedelta(days=1)

_ATTRIBUTE = re.compile(
    rb"([A-Za-z_][A-Za-z0-9_-]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>][^\s>]*+)))?",
)
# Browsers write `&` of addresses unescaped, so `&copy=1` must stay: only what ends in a semicolon is an entity.
_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9A-Fa-f]{1,7}|[A-Za-z][A-Za-z0-9]{0,31});")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_DATE = re.compile(rb"([0-9]{1,18})(?:\.[0-9]*)?")
_TRUE = frozenset({"1", "true", "yes", "on"})


def attributes(markup: bytes) -> dict[str, bytes]:
    """The attributes of one tag by name in lower case; of a repeated name the first counts, as in browsers."""
    found: dict[str, bytes] = {}
    for match in _ATTRIBUTE.finditer(markup):
        name, double, single, bare = match.groups()
        found.setdefault(name.decode("ascii").lower(), double or single or bare or b"")
    return found


def is_true(raw: bytes) -> bool:
    return raw.strip().lower().decode("ascii", "replace") in _TRUE


class Values:
    """Turns bytes into values and collects in `noticed` what had to be repaired on the way."""

    def __init__(self, encoding: str, *, transcoded: bool, now: datetime) -> None:
        self._encoding = encoding
        self._transcoded = transcoded
        self._latest = now + _LATEST_AHEAD
        self.noticed: list[What] = []

    def notice(self, what: What) -> None:
        if what not in self.noticed:
            self.noticed.append(what)

    def decoded(self, raw: bytes) -> str:
        try:
            text = raw.decode(self._encoding)
        except UnicodeDecodeError:
            # Old files mix encodings; the Windows one gives readable words for most of them.
            text = raw.decode("cp1252", "replace")
            self.notice(What.ENCODING)
        if self._transcoded and "\ufffd" in text:
            self.notice(What.ENCODING)
        return text

    def plain(self, text: str) -> str:
        """Entities resolved, control characters removed, one kind of line end, no white space around."""
        if "&" in text:
            text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if _CONTROL.search(text):
            text = _CONTROL.sub("", text)
            self.notice(What.CONTROL)
        return text.strip()

    def line(self, raw: bytes, longest: int, cut: What) -> str:
        """A text of one line."""
        return self._shortened(" ".join(self.plain(self.decoded(raw)).split()), longest, cut)

    def description_and_notes(self, raw: bytes) -> tuple[str, str]:
        # The marks are looked for before entities are resolved: a writer can so escape those that are meant as text.
        text = self.decoded(raw)
        start = text.find(NOTES_START)
        notes = ""
        if start >= 0:
            end = text.find(NOTES_END, start)
            notes = text[start + len(NOTES_START) : end if end >= 0 else len(text)]
            text = text[:start] + (text[end + len(NOTES_END) :] if end >= 0 else "")
        return (
            self._shortened(self.plain(text), MAX_DESCRIPTION, What.CUT_TEXT),
            self._shortened(self.plain(notes), MAX_NOTES, What.CUT_TEXT),
        )

    def tags(self, raw: bytes) -> tuple[str, ...]:
        """Comma-separated names, each once without regard to case."""
        names: dict[str, str] = {}
        for piece in self.decoded(raw).split(",") if raw else ():
            name = self._shortened(" ".join(self.plain(piece).split()), MAX_TAG, What.CUT_TAGS)
            if name:
                names.setdefault(name.casefold(), name)
        if len(names) > MAX_TAGS:
            self.notice(What.CUT_TAGS)
        return tuple(names.values())[:MAX_TAGS]

    def moment(self, raw: bytes) -> datetime | None:
        """A Unix time in seconds, milli-, micro- or nanoseconds, judged by its size; None when missing or absurd."""
        raw = raw.strip()
        if not raw.strip(b"0"):
            return None
        found = _DATE.fullmatch(raw)
        seconds = int(found[1]) if found else -1
        while seconds >= 100_000_000_000:
            seconds //= 1_000
        moment = datetime.fromtimestamp(seconds, UTC)
        if EARLIEST <= moment <= self._latest:
            return moment
        self.notice(What.DATE)
        return None

    def _shortened(self, text: str, longest: int, cut: What) -> str:
        if len(text) <= longest:
            return text
        self.notice(cut)
        return text[: longest - 1].rstrip() + "…"
