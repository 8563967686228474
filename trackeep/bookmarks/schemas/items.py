"""Single bookmarks and pages of them."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from trackeep.bookmarks.drafts import Changes, Draft
from trackeep.bookmarks.schemas.fields import CollectionIds, Id, TagNames, Text
from trackeep.core.schemas import InputSchema, OutputSchema


class BookmarkIn(InputSchema):
    """A page to be saved; without ``space_id`` it goes to the personal space."""

    url: Text
    title: Text = ""
    description: Text = ""
    notes: Text = ""
    tags: TagNames = []
    collection_ids: CollectionIds = []
    unread: bool = False
    favourite: bool = False
    archived: bool = False
    shared: bool = False
    added_at: AwareDatetime | None = None
    space_id: Id | None = None

    def draft(self) -> Draft:
        return Draft(**self.model_dump(exclude={"space_id"}))


class BookmarkPatch(InputSchema):
    """Only the fields that are present change; null empties a text or a list. Texts need the ``If-Match`` header with
    the version that was edited."""

    url: Text = ""
    title: Text | None = None
    description: Text | None = None
    notes: Text | None = None
    tags: TagNames | None = None
    collection_ids: CollectionIds | None = None
    unread: bool = False
    favourite: bool = False
    archived: bool = False
    shared: bool = False

    def changes(self) -> Changes:
        sent = self.model_dump(exclude_unset=True)
        empty: dict[str, Any] = {"tags": [], "collection_ids": []}
        return Changes(**{name: empty.get(name, "") if value is None else value for name, value in sent.items()})


class CheckQuery(InputSchema):
    url: Annotated[str, Field(min_length=1, max_length=10_000)]
    space: Id | None = None


class TagRefOut(OutputSchema):
    id: int
    name: str
    colour: str


class BookmarkOut(OutputSchema):
    """``favicon`` and ``preview`` are addresses of pictures, null while there is none."""

    id: int
    space_id: int
    url: str
    site: str
    title: str
    description: str
    notes: str
    author: str
    published_at: datetime | None
    unread: bool
    favourite: bool
    archived: bool
    shared: bool
    added_at: datetime
    updated_at: datetime
    fetch_state: Literal["pending", "done", "failed"]
    fetch_error: str | None
    favicon: str | None
    preview: str | None
    word_count: int | None
    reading_minutes: int | None
    broken: bool
    version: int
    tags: list[TagRefOut]
    collection_ids: list[int]


class BookmarkPageOut(OutputSchema):
    """``total`` is null where counting would cost more than the list; ``total_capped`` says that there are more."""

    items: list[BookmarkOut]
    next_cursor: str | None
    total: int | None
    total_capped: bool


class CheckOut(OutputSchema):
    """``bookmark`` is the one that has this page already."""

    saved: bool
    bookmark: BookmarkOut | None
