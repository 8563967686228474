"""Single flight in a process: of those who want the same at once, one gets it and the others wait for that."""

import threading
from typing import Any


class Flight:
    """One computation under way."""

    def __init__(self) -> None:
        self._landed = threading.Event()
        self._value: Any = None
        self._has_value = False

    def land(self, value: Any) -> None:
        self._value, self._has_value = value, True

    def wait(self, seconds: float) -> bool:
        """Whether there is a value now; False too when whoever computed it failed."""
        return self._landed.wait(seconds) and self._has_value

    @property
    def value(self) -> Any:
        return self._value

    def end(self) -> None:
        self._landed.set()


class Flights:
    """Computations under way by key."""

    def __init__(self) -> None:
        self._open: dict[str, Flight] = {}
        self._lock = threading.Lock()

    def join(self, key: str) -> tuple[Flight, bool]:
        """The flight, and whether the caller has to fly it; who does must call ``leave``."""
        with self._lock:
            flight = self._open.get(key)
            if flight is not None:
                return flight, False
            flight = self._open[key] = Flight()
            return flight, True

    def leave(self, key: str, flight: Flight) -> None:
        with self._lock:
            del self._open[key]
        flight.end()
