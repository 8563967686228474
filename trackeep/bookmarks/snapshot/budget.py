"""What a copy of a page may fetch and hold: so many things, so many bytes, so long; what does not fit is left out."""

import base64
import re
import time
from dataclasses import dataclass, field

from trackeep.core import ext
from trackeep.core.fetch import Fetched, FetchError

MAX_RESOURCES = 100
MAX_BYTES = 20 * 1024 * 1024
MAX_ONE = 5 * 1024 * 1024
MAX_COPY = 40 * 1024 * 1024
SECONDS, SECONDS_EACH = 90.0, 10.0
_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,60}")
_FONTS = {b"wOF2": "font/woff2", b"wOFF": "font/woff", b"OTTO": "font/otf", b"\x00\x01\x00\x00": "font/ttf"}


@dataclass(slots=True)
class Budget:
    """Counts down. ``missing`` are the things that could not be had or did not fit."""

    resources: int = MAX_RESOURCES
    bytes_left: int = MAX_BYTES
    room: int = MAX_COPY
    ends: float = field(default_factory=lambda: time.monotonic() + SECONDS)
    kept: int = 0
    missing: int = 0
    _known: dict[str, str] = field(default_factory=dict)

    def data_url(self, address: str) -> str:
        """The picture or font of this address inside an address of its own; empty when it cannot be had."""
        if address not in self._known:
            self._known[address] = self._fetched_data(address)
        return self.put(self._known[address])

    def put(self, text: str) -> str:
        """The text when the copy still has room for it, else nothing. Whatever may stand in the copy more often than
        in the page goes through here each time."""
        size = len(text) if text.isascii() else len(text.encode("utf-8", "replace"))
        if size > self.room:
            self.missing += 1
            return ""
        self.room -= size
        return text

    def sheet(self, address: str) -> tuple[str, str] | None:
        """A style sheet and where it was found."""
        answer = self._fetch(address, accept="text/css,*/*;q=0.1")
        if answer is None or answer.content_type in ("text/html", "application/javascript"):
            return None
        text = self.put(answer.text)
        self.kept += bool(text)
        return text, answer.url

    def _fetched_data(self, address: str) -> str:
        answer = self._fetch(address, accept="image/*,font/*,*/*;q=0.5")
        kind = _kind(answer) if answer else ""
        if answer is None or not kind:
            self.missing += answer is not None
            return ""
        self.kept += 1
        return f"data:{kind};base64,{base64.b64encode(answer.body).decode()}"

    def _fetch(self, address: str, *, accept: str) -> Fetched | None:
        left = self.ends - time.monotonic()
        if self.resources <= 0 or self.bytes_left <= 0 or left <= 0:
            self.missing += 1
            return None
        self.resources -= 1
        most = min(MAX_ONE, self.bytes_left)
        try:
            answer = ext.fetcher().get(
                address, headers={"accept": accept}, max_bytes=most, seconds=min(SECONDS_EACH, left)
            )
        except FetchError:
            self.missing += 1
            return None
        self.bytes_left -= len(answer.body)
        if not answer.ok or answer.truncated:
            self.missing += 1
            return None
        return answer


def _kind(answer: Fetched) -> str:
    """Its type when it is a picture or a font, judged by its first bytes where the server says nothing useful."""
    if font := next((kind for mark, kind in _FONTS.items() if answer.body.startswith(mark)), ""):
        return font
    named = answer.content_type.lower()
    return named if named.startswith("image/") and _TYPE.fullmatch(named) else ""
