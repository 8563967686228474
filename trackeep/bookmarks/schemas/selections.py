"""Which bookmarks are meant, and what is done to many of them."""

from typing import Annotated

from pydantic import Field, model_validator

from trackeep.bookmarks.filters import Filters, Sort, View
from trackeep.bookmarks.schemas.fields import MAX_IDS, MAX_TEXT, Day, Id, TagNames
from trackeep.bookmarks.service.bulk import BulkAction, BulkVerb, Selection
from trackeep.core.i18n import gettext as _
from trackeep.core.schemas import InputSchema, OutputSchema


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


class BulkOut(OutputSchema):
    """How many were meant and how many were not so before; ``undo_id`` takes the change back."""

    matched: int
    changed: int
    undo_id: int | None


class UndoneOut(OutputSchema):
    """``kept`` were edited since and stay as they are."""

    restored: int
    kept: list[int]
