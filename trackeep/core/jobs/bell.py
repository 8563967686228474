"""The bell that wakes runners as soon as a job has been committed; without Redis other processes poll."""

from trackeep.core import ext


def ring() -> None:
    """Wake the runner of this process."""
    ext.bell().ring()


def announce() -> None:
    """Wake the runners of all processes."""
    ext.bell().announce()


def listen() -> None:
    """Hear the announcements of other processes from now on."""
    ext.bell().listen()


def wait(seconds: float) -> None:
    """Until somebody rings, at most so long."""
    ext.bell().wait(seconds)
