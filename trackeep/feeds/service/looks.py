"""How many looks ahead a person may have open at once: each holds a request while a strange site takes its time."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from trackeep.feeds.errors import TooManyLooks

AT_ONCE = 3


class Looks:
    """Those of one process; more than so many of one person's are refused."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._at_once = at_once
        self._lock = Lock()
        self._open = Counter[int]()

    @contextmanager
    def of(self, user_id: int) -> Iterator[None]:
        """While it lasts, one more is open. Raises TooManyLooks."""
        with self._lock:
            if self._open[user_id] >= self._at_once:
                raise TooManyLooks(retry_after=5)
            self._open[user_id] += 1
        try:
            yield
        finally:
            with self._lock:
                self._open[user_id] -= 1
                if not self._open[user_id]:
                    del self._open[user_id]


looks = Looks()
