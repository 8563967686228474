"""When a page counts as alive, moved, shut or gone: judged from what the visits of several days have seen."""

import random
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

SOON = timedelta(hours=25)
"""After a failure the next visit falls on another day, at another hour."""
SPREAD = 0.1
UNPLANNED = timedelta(days=30)


class LinkState(StrEnum):
    """``UNREACHABLE`` may pass by itself, ``BLOCKED`` is closed to programs, ``UNKNOWN`` was not visited."""

    OK = "ok"
    REDIRECTED = "redirected"
    BROKEN = "broken"
    BLOCKED = "blocked"
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"


class Sight(StrEnum):
    """What one visit has seen. ``GONE`` is the site's own word, ``DEAD`` that nobody answers any more, ``SHUT`` that
    this visitor is not wanted, ``TROUBLED`` that the site has trouble, ``REFUSED`` that the server may not go there."""

    ALIVE = "alive"
    MOVED = "moved"
    GONE = "gone"
    DEAD = "dead"
    SHUT = "shut"
    TROUBLED = "troubled"
    REFUSED = "refused"


ENOUGH = {Sight.GONE: 2, Sight.DEAD: 3}
"""So many failures in a row, each on a day of its own, make a page a broken one."""


@dataclass(frozen=True, slots=True)
class Target:
    """A link to be visited."""

    id: int
    url: str

    @property
    def host(self) -> str:
        return host_of(self.url)


def host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class Seen:
    """``reached`` is whether any server answered, ``reason`` a sentence for people, ``final_url`` where it ended."""

    sight: Sight
    reached: bool
    status: int | None = None
    reason: str = ""
    final_url: str = ""
    permanent: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a page's link; ``failures`` are those in a row, ``failed_at`` is the last that was counted. Who
    has marked it as fine is not bothered until it has been alive again."""

    state: LinkState = LinkState.UNKNOWN
    failures: int = 0
    failed_at: datetime | None = None
    ignored: bool = False

    @property
    def is_broken(self) -> bool:
        return self.state is LinkState.BROKEN and not self.ignored


def judge(before: Standing, seen: Seen, now: datetime) -> Standing:
    """What is known after one more visit."""
    if seen.sight in ENOUGH:
        return _failed(before, ENOUGH[seen.sight], now)
    if seen.sight is Sight.TROUBLED:
        return replace(before, state=LinkState.UNREACHABLE)
    states = {
        Sight.ALIVE: LinkState.OK,
        Sight.MOVED: LinkState.REDIRECTED,
        Sight.SHUT: LinkState.BLOCKED,
        Sight.REFUSED: LinkState.UNKNOWN,
    }
    return Standing(states[seen.sight], ignored=before.ignored and seen.sight is not Sight.ALIVE)


def next_visit(standing: Standing, now: datetime, interval: timedelta) -> datetime:
    """When to look again, spread so that what was looked at together does not stay together."""
    chance = random.random()  # noqa: S311  # no secret
    planned = interval or UNPLANNED
    if standing.state is LinkState.UNREACHABLE:
        return now + min(SOON, planned) * (1 + SPREAD * chance)
    return now + planned * (1 - SPREAD + 2 * SPREAD * chance)


def _failed(before: Standing, enough: int, now: datetime) -> Standing:
    counts = before.failed_at is None or _day(before.failed_at) != _day(now)
    failures = before.failures + counts
    is_broken = failures >= enough or before.state is LinkState.BROKEN
    state = LinkState.BROKEN if is_broken else LinkState.UNREACHABLE
    return Standing(state, failures, now if counts else before.failed_at, before.ignored)


def _day(moment: datetime) -> date:
    return moment.astimezone(UTC).date()
