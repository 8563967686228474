"""Groups of bookmarks of the same page, and what becomes of them."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from trackeep.bookmarks.queries import Likeness
from trackeep.bookmarks.schemas.fields import Id
from trackeep.bookmarks.schemas.items import BookmarkOut
from trackeep.core.schemas import InputSchema, OutputSchema

Ids = Annotated[list[Id], Field(min_length=1, max_length=100)]


class DuplicatesQuery(InputSchema):
    kind: Likeness = Likeness.SURE
    space: Id | None = None
    cursor: Annotated[str | None, Field(max_length=2_000)] = None
    limit: Annotated[int, Field(ge=1, le=50)] = 20


class DuplicateGroupOut(OutputSchema):
    """``size`` counts also those that are not shown."""

    space_id: int
    size: int
    items: list[BookmarkOut]


class DuplicatesOut(OutputSchema):
    items: list[DuplicateGroupOut]
    next_cursor: str | None


class DuplicateCountsOut(OutputSchema):
    """Groups of each kind; 1,001 means more than 1,000."""

    sure: int
    likely: int


class DuplicatesIn(InputSchema):
    ids: Ids


class MergeIn(DuplicatesIn):
    """``into`` is the one that stays; without it the best of them does."""

    into: Id | None = None


class MergeSureIn(InputSchema):
    space_id: Id | None = None


class JoinedOut(OutputSchema):
    """The bookmark ``into`` as it will be; ``trashed`` go to the trash."""

    into: int
    trashed: list[int]
    url: str
    title: str
    description: str
    notes: str
    tags: list[str]
    collection_ids: list[int]
    unread: bool
    favourite: bool
    archived: bool
    shared: bool
    added_at: datetime
