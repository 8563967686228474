"""Shapes of bookmarks, lists, bulk actions and collections, for API and pages."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from apiflask.fields import UploadFile
from pydantic import AwareDatetime, Field, model_validator

from trackeep.bookmarks.drafts import Changes, Draft
from trackeep.bookmarks.filters import Filters, Sort, View
from trackeep.bookmarks.imports import Outcome
from trackeep.bookmarks.service.bulk import BulkAction, BulkVerb, Selection
from trackeep.core.i18n import gettext as _
from trackeep.core.schemas import InputSchema, OutputSchema

MAX_IDS = 1_000
MAX_TEXT = 1_000
# Longer than what the service takes, so that its complaint names the limit of each field.
_LONG = 400_000
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Text = Annotated[str, Field(max_length=_LONG)]
TagNames = Annotated[list[Annotated[str, Field(max_length=1_000)]], Field(max_length=200)]
CollectionIds = Annotated[list[Id], Field(max_length=200)]


# No day at the very edge: the day after it is asked for, too.
Day = Annotated[date, Field(ge=date(1, 1, 2), le=date(9999, 12, 30))]


class FilterIn(InputSchema):
    """Which bookmarks are meant; all parts must hold."""

    view: View = View.ALL
    text: Annotated[str, Field(max_length=MAX_TEXT)] = ""
    tag: Annotated[str, Field(max_length=200)] = ""
    collection: Id | None = None
    site: Annotated[str, Field(max_length=255)] = ""
    after: Day | None = None
    before: Day | None = None
    space: Id | None = None

    def filters(self) -> Filters:
        return Filters(
            view=self.view,
            space_id=self.space,
            text=self.text,
            tag=self.tag,
            collection_id=self.collection,
            site=self.site,
            after=self.after,
            before=self.before,
        )


class ListQuery(FilterIn):
    sort: Sort = Sort.NEWEST
    cursor: Annotated[str | None, Field(max_length=2_000)] = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


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


class SelectionIn(InputSchema):
    """Either ``ids``, or ``filter`` for everything that it lets through."""

    ids: Annotated[list[Id], Field(max_length=MAX_IDS)] | None = None
    filter: FilterIn | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "SelectionIn":
        if (self.ids is None) == (self.filter is None):
            raise ValueError(_("Please name either ids or a filter."))
        return self

    def selection(self) -> Selection:
        return Selection(ids=self.ids, filters=self.filter.filters() if self.filter else None)


class BulkIn(SelectionIn):
    verb: BulkVerb
    tags: TagNames = []
    collection_id: Id | None = None

    def action(self) -> BulkAction:
        return BulkAction(verb=self.verb, tags=tuple(self.tags), collection_id=self.collection_id)


class CollectionIn(InputSchema):
    name: Annotated[str, Field(max_length=1_000)]
    parent_id: Id | None = None
    space_id: Id | None = None


class CollectionPatch(InputSchema):
    """``parent_id`` null is the top."""

    name: Annotated[str, Field(max_length=1_000)] = ""
    parent_id: Id | None = None

    @property
    def new_name(self) -> str | None:
        return self.name if "name" in self.model_fields_set else None

    @property
    def moves(self) -> bool:
        return "parent_id" in self.model_fields_set


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


class BulkOut(OutputSchema):
    """How many were meant and how many were not so before; ``undo_id`` takes the change back."""

    matched: int
    changed: int
    undo_id: int | None


class UndoneOut(OutputSchema):
    """``kept`` were edited since and stay as they are."""

    restored: int
    kept: list[int]


class CollectionOut(OutputSchema):
    id: int
    space_id: int
    parent_id: int | None
    name: str
    path: list[str]
    depth: int
    count: int


class CollectionsOut(OutputSchema):
    items: list[CollectionOut]


class ExportQuery(FilterIn):
    view: View = View.EVERYTHING
    format: Literal["html", "jsonl"] = "html"


class ImportFileIn(InputSchema):
    """The file, and into which space its bookmarks go; without it, the personal one."""

    file: UploadFile
    space_id: Id | None = None


class ImportRunIn(InputSchema):
    """``share_public`` shares what the file marks as public with everybody signed in; otherwise nothing is shared."""

    share_public: bool = False


class ImportRowsQuery(InputSchema):
    outcome: Outcome | None = None
    cursor: Annotated[str | None, Field(max_length=2_000)] = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class ImportOut(OutputSchema):
    """``counts`` has the number of lines by outcome; without the remarks they add up to ``total`` entries."""

    id: int
    space_id: int
    file_name: str
    state: Literal["checking", "checked", "running", "done", "undoing", "undone", "failed"]
    total: int
    saved: int
    counts: dict[str, int]
    error: str | None
    created_at: datetime
    finished_at: datetime | None


class ImportsOut(OutputSchema):
    items: list[ImportOut]


class ImportRowOut(OutputSchema):
    """A line of the report; ``number`` is the entry's place in the file, ``notes`` are sentences."""

    position: int
    number: int
    outcome: Outcome
    title: str
    url: str
    notes: list[str]
    tags: list[str]
    folders: list[str]


class ImportRowsOut(OutputSchema):
    items: list[ImportRowOut]
    next_cursor: str | None
