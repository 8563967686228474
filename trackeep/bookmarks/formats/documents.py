"""JSON documents of any size: walked through with bounded memory, their entries cut out one by one."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

import orjson

from trackeep.bookmarks.formats.limits import MAX_ENTRY

Path = tuple[str | int, ...]

_BLANK = re.compile(rb"[\s,:]*+")
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_ATOM = re.compile(rb"[^\s,:\[\]{}\"]+")
# All that opens and closes nothing: whole strings, and whatever stands between brackets.
_RUN = re.compile(rb'(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+")*+', re.DOTALL)
_MAX_DEPTH = 200


class Wish(Enum):
    """What to do with a value: hand it out whole, look into it, or leave it alone."""

    TAKE = "take"
    ENTER = "enter"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Found:
    """A value with its place; ``is_broken`` when it could not be read, ``raw`` is then how it begins."""

    path: Path
    value: Any = None
    is_broken: bool = False
    raw: bytes = b""


class TruncatedDocument(ValueError):
    """The document ends, or becomes unreadable, in the middle."""


def walk(chunks: Iterator[bytes], wish: Callable[[Path], Wish]) -> Iterator[Found]:
    """The values that are wished for, in the order of the document. A damaged one is told and the rest goes on; raises
    TruncatedDocument at the end of a document that stops in the middle."""
    yield from _Walker(chunks, wish).values()


@dataclass(slots=True)
class _Level:
    is_list: bool
    key: str = ""
    index: int = -1


class _Walker:
    def __init__(self, chunks: Iterator[bytes], wish: Callable[[Path], Wish]) -> None:
        self._chunks = chunks
        self._wish = wish
        self._buffer = b""
        self._place = 0
        self._levels: list[_Level] = []

    def values(self) -> Iterator[Found]:
        while (sign := self._next_sign()) is not None:
            if sign in b"]}":
                self._place += 1
                if self._levels:
                    self._levels.pop()
                if not self._levels:
                    return
                continue
            level = self._levels[-1] if self._levels else None
            if level is not None and not level.is_list:
                if sign != b'"':
                    raise TruncatedDocument
                level.key = self._key()
                sign = self._next_sign()
                if sign is None:
                    break
            elif level is not None:
                level.index += 1
            found = self._value(sign)
            if found is not None:
                yield found
            if not self._levels:
                return
        if self._levels:
            raise TruncatedDocument

    def _path(self) -> Path:
        return tuple(level.index if level.is_list else level.key for level in self._levels)

    def _value(self, sign: bytes) -> Found | None:
        path = self._path()
        wish = self._wish(path)
        if sign in b"[{" and wish is Wish.ENTER:
            if len(self._levels) >= _MAX_DEPTH:
                raise TruncatedDocument
            self._place += 1
            self._levels.append(_Level(is_list=sign == b"["))
            return None
        raw, is_whole = self._balanced() if sign in b"[{" else self._scalar(sign)
        if wish is not Wish.TAKE:
            return None
        if not is_whole:
            return Found(path, is_broken=True, raw=raw[:400])
        return _decoded(path, raw)

    def _key(self) -> str:
        raw, _is_whole = self._string()
        key = _decoded((), raw).value
        return key if isinstance(key, str) else ""

    # --- cutting ---

    def _more(self) -> bool:
        """Read on; what lies behind the place is given up."""
        for chunk in self._chunks:
            if chunk:
                self._buffer = self._buffer[self._place :] + chunk
                self._place = 0
                return True
        return False

    def _next_sign(self) -> bytes | None:
        while True:
            blank = _BLANK.match(self._buffer, self._place)
            self._place = blank.end() if blank else self._place
            if self._place < len(self._buffer):
                return self._buffer[self._place : self._place + 1]
            if not self._more():
                return None

    def _scalar(self, sign: bytes) -> tuple[bytes, bool]:
        if sign == b'"':
            return self._string()
        while True:
            found = _ATOM.match(self._buffer, self._place)
            end = found.end() if found else self._place + 1
            if end < len(self._buffer) or end - self._place > MAX_ENTRY or not self._more():
                raw = self._buffer[self._place : end]
                self._place = end
                return raw, True

    def _string(self) -> tuple[bytes, bool]:
        while True:
            found = _STRING.match(self._buffer, self._place)
            if found is not None:
                self._place = found.end()
                return found[0], True
            if len(self._buffer) - self._place > MAX_ENTRY or not self._more():
                raise TruncatedDocument

    def _balanced(self) -> tuple[bytes, bool]:
        """The value that begins here, up to the bracket that ends it. A longer one than any entry is walked over
        without being kept."""
        kept: list[bytes] = []
        depth, size, start = 0, 0, self._place
        while True:
            end = _end_of_run(self._buffer, start)
            sign = self._buffer[end : end + 1]
            if sign in (b"", b'"'):
                size += self._keep(end, kept)
                if size > MAX_ENTRY:
                    kept.clear()
                start = 0
                continue
            start = end + 1
            depth += 1 if sign in b"[{" else -1
            if depth <= 0:
                kept.append(self._buffer[self._place : start])
                self._place = start
                return b"".join(kept), size <= MAX_ENTRY

    def _keep(self, end: int, kept: list[bytes]) -> int:
        """Take what lies before the end, and read on; answers how much it was."""
        taken = self._buffer[self._place : end]
        kept.append(taken)
        self._place = end
        if len(self._buffer) - end > MAX_ENTRY or not self._more():
            raise TruncatedDocument
        return len(taken)


def _end_of_run(buffer: bytes, start: int) -> int:
    """Where the next bracket is, or a string that is not whole yet, or the end."""
    found = _RUN.match(buffer, start)
    return found.end() if found else start


def _decoded(path: Path, raw: bytes) -> Found:
    try:
        return Found(path, orjson.loads(raw))
    except orjson.JSONDecodeError:
        pass
    try:
        # Whoever wrote bytes that are no UTF-8 had most likely the Windows encoding.
        return Found(path, orjson.loads(raw.decode("cp1252", "replace").encode()))
    except orjson.JSONDecodeError:
        return Found(path, is_broken=True, raw=raw[:400])
