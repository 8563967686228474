"""The first level: the answers that this process used last, as objects, within a bound of bytes."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from extensions.cache.codec import Kept


@dataclass(slots=True)
class _Entry:
    kept: Kept[Any]
    size: int
    renderings: dict[str, bytes] = field(default_factory=dict)


class NearAnswers:
    """Least recently used goes first. Values are shared between requests: whoever gets one only reads it."""

    def __init__(self, most_bytes: int = 16 * 1024 * 1024, most_entries: int = 2_000) -> None:
        self._most_bytes = most_bytes
        self._most_entries = most_entries
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._by_identity: dict[int, _Entry] = {}
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: str) -> Kept[Any] | None:
        # Without the lock: each step is whole by itself, and between them the entry may be gone.
        try:
            entry = self._entries[key]
            self._entries.move_to_end(key)
        except KeyError:
            return None
        return entry.kept

    def put(self, key: str, kept: Kept[Any]) -> None:
        with self._lock:
            self._drop(key)
            if kept.weight > self._most_bytes // 4:
                return
            entry = _Entry(kept, kept.weight)
            self._entries[key] = entry
            self._by_identity[id(kept.value)] = entry
            self._bytes += entry.size
            self._shrink()

    def rendering(self, value: object, name: str, render: Callable[[], bytes]) -> bytes:
        """What ``render`` makes of the value, made once as long as the value is kept here."""
        entry = self._by_identity.get(id(value))
        if entry is None or entry.kept.value is not value:
            return render()
        made = entry.renderings.get(name)
        if made is None:
            made = render()
            with self._lock:
                if self._by_identity.get(id(value)) is entry and name not in entry.renderings:
                    entry.renderings[name] = made
                    entry.size += len(made)
                    self._bytes += len(made)
                    self._shrink()
        return made

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self._by_identity.clear()
            self._bytes = 0

    @property
    def size(self) -> int:
        """Bytes, as far as they are counted."""
        return self._bytes

    def __len__(self) -> int:
        return len(self._entries)

    def _shrink(self) -> None:
        while self._bytes > self._most_bytes or len(self._entries) > self._most_entries:
            # In one step: who reads takes no lock, and would change the order between two.
            _key, entry = self._entries.popitem(last=False)
            self._forget(entry)

    def _drop(self, key: str) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._forget(entry)

    def _forget(self, entry: _Entry) -> None:
        self._bytes -= entry.size
        if self._by_identity.get(id(entry.kept.value)) is entry:
            del self._by_identity[id(entry.kept.value)]
