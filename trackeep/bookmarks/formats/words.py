"""Texts and dates of any file as they are kept, with what had to be repaired on the way."""

import re
from datetime import UTC, datetime, timedelta

from trackeep.bookmarks.formats.rows import What

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_LATEST_AHEAD = timedelta(days=1)
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NUMBER = re.compile(r"-?[0-9]{1,19}(?:\.[0-9]{0,9})?")
_MILLI_FROM = 100_000_000_000
_ZONE_NAME = re.compile(r"\s*(?:UTC|GMT|Z)\Z", re.IGNORECASE)
_LONGEST_DATE = 60


class Words:
    """Cleans texts and collects in ``noticed`` what it had to do. ``exact`` takes a text as it is, which our own files
    allow, but for what no database keeps."""

    def __init__(self, now: datetime, *, exact: bool = False) -> None:
        self._latest = now + _LATEST_AHEAD
        self._exact = exact
        self.noticed: list[What] = []

    def notice(self, what: What) -> None:
        if what not in self.noticed:
            self.noticed.append(what)

    def plain(self, text: str) -> str:
        """Readable, without control characters, one kind of line end, no white space around."""
        text = self._decoded(text)
        if self._exact:
            return text.replace("\0", "").strip()
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if _CONTROL.search(text):
            text = _CONTROL.sub("", text)
            self.notice(What.CONTROL)
        return text.strip()

    def line(self, text: str, longest: int, cut: What) -> str:
        """A text of one line."""
        return self._shortened(" ".join(self.plain(text).split()), longest, cut)

    def text(self, text: str, longest: int, cut: What) -> str:
        return self._shortened(self.plain(text), longest, cut)

    def moment(self, raw: object, *, any_year: bool = False) -> datetime | None:
        """ISO 8601, or a Unix time in seconds or a smaller unit, judged by its size; None when missing or absurd."""
        if raw is None or raw == "":
            return None
        text = str(raw).strip()
        try:
            moment = _unix_time(text) if _NUMBER.fullmatch(text) else _iso(text)
        except (ValueError, OverflowError):
            self.notice(What.DATE)
            return None
        if moment is None or ((any_year or self._exact or moment >= EARLIEST) and moment <= self._latest):
            return moment
        self.notice(What.DATE)
        return None

    def _decoded(self, text: str) -> str:
        """Bytes that are no UTF-8 come here as lone surrogates: the Windows encoding gives readable words for most."""
        if not _SURROGATE.search(text):
            return text
        self.notice(What.ENCODING)
        try:
            return text.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
        except UnicodeEncodeError:
            return _SURROGATE.sub("\ufffd", text)

    def _shortened(self, text: str, longest: int, cut: What) -> str:
        if len(text) <= longest:
            return text
        self.notice(cut)
        return text[: longest - 1].rstrip() + "…"


def _unix_time(text: str) -> datetime | None:
    """None for zero, which means that there is no date."""
    seconds = float(text) if "." in text else int(text)
    while abs(seconds) >= _MILLI_FROM:
        seconds /= 1_000
    return datetime.fromtimestamp(seconds, UTC) if seconds else None


def _iso(text: str) -> datetime:
    if len(text) > _LONGEST_DATE:
        raise ValueError(text[:_LONGEST_DATE])
    moment = datetime.fromisoformat(_ZONE_NAME.sub("+00:00", text))
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
