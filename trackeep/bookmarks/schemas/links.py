"""What is known of links, and what is decided about them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from trackeep.bookmarks.schemas.fields import MAX_IDS, Id
from trackeep.core.schemas import InputSchema, OutputSchema

State = Literal["ok", "redirected", "broken", "blocked", "unreachable", "unknown"]
Ids = Annotated[list[Id], Field(max_length=MAX_IDS)]


class LinksQuery(InputSchema):
    """``ignored`` lists what somebody has marked as fine."""

    state: State | Literal["ignored"] = "broken"
    space: Id | None = None
    cursor: Annotated[str | None, Field(max_length=2_000)] = None
    limit: Annotated[int, Field(ge=1, le=100)] = 30


class LinkCountsQuery(InputSchema):
    space: Id | None = None


class LinkCountsOut(OutputSchema):
    """``movable`` have moved for good; those that are ignored are counted as that only."""

    ok: int
    redirected: int
    broken: int
    blocked: int
    unreachable: int
    unknown: int
    ignored: int
    movable: int


class LinkOut(OutputSchema):
    """``reason`` is a sentence; ``final_url`` is where redirects lead, ``permanent`` ones by their own word. ``asked``
    says that a check is on its way, ``archived_url`` is a copy at the web archive."""

    id: int
    space_id: int
    url: str
    title: str
    site: str
    state: State
    status: int | None
    reason: str
    failures: int
    checked_at: datetime | None
    final_url: str | None
    permanent: bool
    ignored: bool
    asked: bool
    archived_url: str | None


class LinksOut(OutputSchema):
    items: list[LinkOut]
    next_cursor: str | None


class IgnoreLinksIn(InputSchema):
    """``ignored`` false listens to the checks again."""

    ids: Ids
    ignored: bool = True


class IgnoredOut(OutputSchema):
    changed: int


class NewAddressesIn(InputSchema):
    """Without ``ids`` it is every page that has moved for good, in the space or in all."""

    ids: Ids | None = None
    space_id: Id | None = None
