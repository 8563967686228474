"""The bell that wakes this process's runner as soon as a job has been committed; other processes poll."""

import threading

_rung = threading.Event()


def ring() -> None:
    _rung.set()


def wait(seconds: float) -> None:
    """Until somebody rings, at most so long."""
    _rung.wait(seconds)
    _rung.clear()
