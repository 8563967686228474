"""Collections."""

from typing import Annotated

from pydantic import Field

from trackeep.bookmarks.schemas.fields import Id
from trackeep.core.schemas import InputSchema, OutputSchema


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
