"""Shapes of tags."""

from typing import Annotated, Literal

from pydantic import Field

from trackeep.core.schemas import InputSchema, OutputSchema

Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Ids = Annotated[list[Id], Field(min_length=1, max_length=500)]
Text = Annotated[str, Field(max_length=200)]
Name = Annotated[str, Field(min_length=1, max_length=100)]
Colour = Annotated[str, Field(max_length=10)]
Sort = Literal["name", "uses"]


class TagsQuery(InputSchema):
    """``text`` is the beginning of a name or of one of its levels; without ``space`` all your spaces are meant."""

    space: Id | None = None
    text: Text = ""
    sort: Sort = "name"
    cursor: Annotated[str | None, Field(max_length=2_000)] = None
    limit: Annotated[int, Field(ge=1, le=100)] = 100


class SuggestionsIn(InputSchema):
    """``text`` is what has been typed of a name; without ``space`` the personal one is meant."""

    text: Text = ""
    space: Id | None = None
    limit: Annotated[int, Field(ge=1, le=50)] = 8


class TagIn(InputSchema):
    """A new tag; without ``space_id`` it goes to the personal space."""

    name: Name
    colour: Colour = "grey"
    space_id: Id | None = None


class TagPatch(InputSchema):
    """What is left out stays."""

    name: Name = ""
    colour: Colour = ""


class MergeIn(InputSchema):
    """The tags that go, and the one that everything of theirs carries afterwards."""

    ids: Ids
    into: Id


class BulkIn(InputSchema):
    """What the bar of marked tags asks for."""

    verb: Literal["merge", "delete"]
    ids: Ids


class TagOut(OutputSchema):
    id: int
    space_id: int
    name: str
    colour: str
    uses: int


class TagsOut(OutputSchema):
    items: list[TagOut]
    next_cursor: str | None


class SuggestionsOut(OutputSchema):
    items: list[TagOut]
