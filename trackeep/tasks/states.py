"""The words in which tasks are told apart: how far they are, how urgent, from where they repeat."""

from enum import IntEnum, StrEnum


class Status(StrEnum):
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def is_closed(self) -> bool:
        return self in (Status.DONE, Status.CANCELLED)


class Priority(IntEnum):
    """A list may be sorted by it, the highest first."""

    NONE = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    URGENT = 4


class RecursFrom(StrEnum):
    """Whether the next time is counted from the day that was due or from the day of completion."""

    DUE = "due"
    COMPLETION = "completion"


class Children(StrEnum):
    """What becomes of the open tasks below one that is finished."""

    COMPLETE = "complete"
    KEEP = "keep"
