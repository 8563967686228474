"""How many requests a process is answering: the jobs beside them give way to a burst."""

import time
from collections import deque
from collections.abc import Callable

BURST = 25
SECONDS = 0.5


class Traffic:
    """Remembers when the last ``BURST`` requests began. So many within ``SECONDS`` is more than a person reading; it is
    a script, many people at once, or an import by API, and each of them waits for an answer."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._begun: deque[float] = deque(maxlen=BURST)

    def note(self) -> None:
        self._begun.append(self._now())

    def is_dense(self) -> bool:
        return len(self._begun) == BURST and self._now() - self._begun[0] < SECONDS
