"""The words in which feeds, their entries and feeds out are told apart."""

from enum import StrEnum


class State(StrEnum):
    """``FAILING`` is tried again, less and less often; ``GONE`` is what its publisher has ended."""

    ACTIVE = "active"
    PAUSED = "paused"
    FAILING = "failing"
    GONE = "gone"


class Backlog(StrEnum):
    """What of a feed's older entries is saved when somebody subscribes."""

    NONE = "none"
    NEWEST = "newest"
    ALL = "all"


class Outcome(StrEnum):
    """``KNOWN`` was in the library already; ``PASSED`` is older than the subscription, or has nothing to save."""

    SAVED = "saved"
    KNOWN = "known"
    PASSED = "passed"


class Remark(StrEnum):
    """What is told about the last look at a feed beside its new entries."""

    NOTHING = ""
    RENAMED = "renamed"
    FLOOD = "flood"
    WAITING = "waiting"
    CUT = "cut"
    NO_LINKS = "no_links"


class OutletKind(StrEnum):
    """Which bookmarks a feed out shows."""

    ALL = "all"
    UNREAD = "unread"
    FAVOURITE = "favourite"
    TAG = "tag"
    COLLECTION = "collection"
    SHARED = "shared"
