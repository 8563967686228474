"""What a person wants of a feed, as the verbs take it."""

from collections.abc import Sequence
from dataclasses import dataclass

from trackeep.feeds.states import Backlog, OutletKind

PER_CHECK, PER_DAY = 50, 200
MOST_PER_CHECK, MOST_PER_DAY = 500, 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """What becomes of a feed's entries. ``per_check`` and ``per_day`` are the most new ones that are saved at a look
    and within 24 hours."""

    collection_id: int | None = None
    tags: Sequence[str] = ()
    unread: bool = True
    backlog: Backlog = Backlog.NEWEST
    per_check: int = PER_CHECK
    per_day: int = PER_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription(Treatment):
    """A feed to be subscribed to, by its own address or by that of its site."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedChanges:
    """What to change; None leaves a part as it is. ``sorts`` says that the collection changes, to none too."""

    title: str | None = None
    collection_id: int | None = None
    sorts: bool = False
    tags: Sequence[str] | None = None
    unread: bool | None = None
    per_check: int | None = None
    per_day: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletDraft:
    """A feed to be published. ``tag`` and ``collection_id`` go with their kinds."""

    name: str
    kind: OutletKind
    tag: str = ""
    collection_id: int | None = None
