"""Reads a feed in a child process: libraries take long over feeds that are made for it, and a request must not."""

from datetime import datetime
from functools import lru_cache

import structlog

from trackeep.core.isolation import ChildBroken, ChildFailed, ChildTooSlow, Isolated
from trackeep.feeds.parsing import ParsedFeed, Problem, Unreadable
from trackeep.feeds.parsing.frames import packed, unpacked

log = structlog.get_logger(__name__)
DEADLINE_SECONDS = 10.0
MEMORY_MIB = 512


@lru_cache(maxsize=1)
def reader() -> Isolated:
    """One child for all feeds of this process."""
    name = "trackeep.feeds.parsing.frames:read_frame"
    return Isolated(name, deadline=DEADLINE_SECONDS, memory_mib=MEMORY_MIB)


def read_apart(body: bytes, *, charset: str | None, url: str, now: datetime) -> ParsedFeed:
    """As ``parsing.read_feed``, but in bounded time and memory. Raises Unreadable."""
    try:
        frame = reader().call(packed(body), charset, url, now.isoformat())
    except (ChildTooSlow, ChildBroken) as error:
        log.warning("feed_too_hard", url=url[:300], reason=str(error))
        raise Unreadable(Problem.TOO_HARD) from error
    except ChildFailed as error:
        log.warning("feed_damaged", url=url[:300], reason=str(error))
        raise Unreadable(Problem.DAMAGED) from error
    return unpacked(frame)
