"""What a process has counted since its counts were last taken: quick to add to in a request, taken as a whole."""

import threading
from bisect import bisect_left
from dataclasses import dataclass, field

Labels = tuple[str, ...]
Key = tuple[str, Labels]

BOUNDS = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper ends, in seconds, of the classes into which durations fall; above the last there is one more."""


@dataclass(slots=True)
class Durations:
    """How many durations fell into each class, and their sum in seconds."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    seconds: float = 0.0


@dataclass(slots=True)
class Counted:
    """Amounts and durations by name and values of the labels."""

    amounts: dict[Key, float] = field(default_factory=dict)
    durations: dict[Key, Durations] = field(default_factory=dict)


class Tally:
    """Shared files cost several times more at each step than this does, so they are written once a second."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counted = Counted()

    def add(self, name: str, labels: Labels, amount: float = 1.0) -> None:
        key = (name, labels)
        with self._lock:
            amounts = self._counted.amounts
            amounts[key] = amounts.get(key, 0.0) + amount

    def time(self, name: str, labels: Labels, seconds: float) -> None:
        key = (name, labels)
        place = bisect_left(BOUNDS, seconds)
        with self._lock:
            durations = self._counted.durations.get(key)
            if durations is None:
                durations = self._counted.durations[key] = Durations()
            durations.counts[place] += 1
            durations.seconds += seconds

    def take(self) -> Counted:
        """Everything since the last time."""
        with self._lock:
            taken, self._counted = self._counted, Counted()
        return taken
