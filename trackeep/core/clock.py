"""The time of day, always aware and in UTC, with a way to hold it still."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

_frozen_everywhere: list[datetime] = []


def now() -> datetime:
    """The present moment, or the innermost frozen one."""
    return _frozen_everywhere[-1] if _frozen_everywhere else datetime.now(UTC)


def timestamp() -> float:
    """The same in seconds since 1970."""
    return now().timestamp()


@contextmanager
def freeze(moment: datetime) -> Iterator[datetime]:
    """Hold `now()` at the moment for every thread, until the block ends; freezes nest."""
    if moment.tzinfo is None:
        raise ValueError("freeze() needs an aware moment")
    held = moment.astimezone(UTC)
    _frozen_everywhere.append(held)
    try:
        yield held
    finally:
        _frozen_everywhere.pop()
