"""How far a person has read each page, one a line: a file of the archive of the account beside its bookmarks."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import IO, Any

import orjson

from trackeep.bookmarks.formats import fields
from trackeep.bookmarks.formats.sources import lines_of
from trackeep.bookmarks.formats.words import Words
from trackeep.bookmarks.progress import NOT_BEGUN, Progress
from trackeep.bookmarks.urls import RefusedUrl, clean_url, url_key

FILE_NAME = "reading.jsonl"
MOST = 100_000
"""So many pages are kept in memory while the bookmarks of the archive go by."""


def write_lines(places: Iterable[tuple[str, Progress]]) -> Iterator[bytes]:
    for url, progress in places:
        told = {
            "url": url,
            "fraction": progress.fraction,
            "updated_at": progress.updated_at,
            "finished_at": progress.finished_at,
        }
        yield orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)


class Places:
    """The progress by page. What is damaged or makes no sense is passed over."""

    def __init__(self) -> None:
        self._found: dict[bytes, Progress] = {}

    def read_lines(self, stream: IO[bytes], now: datetime) -> None:
        words = Words(now, exact=True)
        for line in lines_of(stream):
            if len(self._found) >= MOST:
                return
            try:
                item = orjson.loads(line.encode("utf-8", "surrogateescape"))
                key = _key(clean_url(fields.text(item, "url"))) if isinstance(item, dict) else b""
            except (orjson.JSONDecodeError, RefusedUrl):
                continue
            if key:
                self._found[key] = _progress(item, words)

    def of_page(self, url: str) -> Progress:
        return self._found.get(_key(url), NOT_BEGUN) if self._found else NOT_BEGUN


def _key(url: str) -> bytes:
    return bytes.fromhex(url_key(url))


def _progress(item: Mapping[str, Any], words: Words) -> Progress:
    fraction = item.get("fraction")
    is_place = isinstance(fraction, int | float) and not isinstance(fraction, bool) and 0 <= fraction <= 1
    return Progress(
        float(fraction or 0) if is_place else 0.0,
        words.moment(fields.moment(item, "updated_at")),
        words.moment(fields.moment(item, "finished_at")),
    )
