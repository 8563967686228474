"""Feeds and their entries."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from trackeep.core.schemas import InputSchema, OutputSchema
from trackeep.feeds.drafts import MOST_PER_CHECK, MOST_PER_DAY, PER_CHECK, PER_DAY, FeedChanges, Subscription, Treatment
from trackeep.feeds.states import Backlog, Outcome, Remark, State

Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Address = Annotated[str, Field(min_length=1, max_length=10_000)]
TagNames = Annotated[list[Annotated[str, Field(max_length=1_000)]], Field(max_length=100)]
PerCheck = Annotated[int, Field(ge=1, le=MOST_PER_CHECK)]
PerDay = Annotated[int, Field(ge=1, le=MOST_PER_DAY)]
Cursor = Annotated[str | None, Field(max_length=2_000)]
Limit = Annotated[int, Field(ge=1, le=100)]


class TreatmentIn(InputSchema):
    """What becomes of the entries. ``backlog`` is what of the older ones is saved: ``none``, the ``newest`` 10, or
    ``all`` that the feed shows."""

    collection_id: Id | None = None
    tags: TagNames = []
    unread: bool = True
    backlog: Backlog = Backlog.NEWEST
    per_check: PerCheck = PER_CHECK
    per_day: PerDay = PER_DAY

    def treatment(self) -> Treatment:
        return Treatment(**{name: getattr(self, name) for name in TreatmentIn.model_fields})


class FeedIn(TreatmentIn):
    """A feed to be subscribed to, by its own address or that of its site; without ``space_id`` for the personal space.
    ``title`` is another name than the feed gives itself."""

    url: Address
    title: Annotated[str, Field(max_length=1_000)] = ""
    space_id: Id | None = None

    def subscription(self) -> Subscription:
        return Subscription(**self.model_dump(exclude={"space_id"}))


class FeedPatch(InputSchema):
    """Only the fields that are present change; ``collection_id`` null is no collection."""

    title: Annotated[str, Field(max_length=1_000)] = ""
    collection_id: Id | None = None
    tags: TagNames = []
    unread: bool = True
    per_check: PerCheck = PER_CHECK
    per_day: PerDay = PER_DAY

    def changes(self) -> FeedChanges:
        sent = self.model_dump(exclude_unset=True)
        return FeedChanges(**sent, sorts="collection_id" in sent)


class FeedsQuery(InputSchema):
    space: Id | None = None
    state: State | None = None
    cursor: Cursor = None
    limit: Limit = 50


class PageQuery(InputSchema):
    cursor: Cursor = None
    limit: Limit = 50


class FeedOut(OutputSchema):
    """``interval`` is the seconds between two looks at present, ``error`` and ``note`` are sentences, ``saved`` counts
    the bookmarks that the feed brought. ``feed_title`` is what it calls itself, ``title`` what it is called here."""

    id: int
    space_id: int
    url: str
    site_url: str
    title: str
    feed_title: str
    own_title: str
    collection_id: int | None
    tags: list[str]
    unread: bool
    backlog: Backlog
    per_check: int
    per_day: int
    state: State
    interval: int
    next_at: datetime
    checked_at: datetime | None
    newest_at: datetime | None
    failures: int
    error: str | None
    remark: Remark
    note: str
    saved: int


class FeedsOut(OutputSchema):
    items: list[FeedOut]
    next_cursor: str | None


class EntryOut(OutputSchema):
    """``known`` was in the library before; ``passed`` was not saved: older than the subscription, or without an
    address. ``bookmark_id`` is null where there is none, or it is in the trash."""

    title: str
    url: str
    outcome: Outcome
    published_at: datetime | None
    first_at: datetime
    bookmark_id: int | None


class EntriesOut(OutputSchema):
    items: list[EntryOut]
    next_cursor: str | None


class PreviewIn(InputSchema):
    url: Address


class PreviewEntryOut(OutputSchema):
    title: str
    url: str
    published: datetime | None


class FoundFeedOut(OutputSchema):
    url: str
    title: str


class FeedPreviewOut(OutputSchema):
    """``kind`` tells whether the address was that of the feed itself or of a page that names feeds, which are then in
    ``others``, the first of them being the one that is shown."""

    kind: Literal["feed", "page"]
    url: str
    title: str
    site_url: str
    size: int
    entries: list[PreviewEntryOut]
    others: list[FoundFeedOut]
