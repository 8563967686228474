"""Shapes of tags."""

from typing import Annotated

from pydantic import Field

from trackeep.core.schemas import InputSchema, OutputSchema

Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Text = Annotated[str, Field(max_length=200)]


class SuggestionsIn(InputSchema):
    """``text`` is what has been typed of a name; without ``space`` the personal one is meant."""

    text: Text = ""
    space: Id | None = None
    limit: Annotated[int, Field(ge=1, le=50)] = 8


class TagOut(OutputSchema):
    id: int
    space_id: int
    name: str
    colour: str
    uses: int


class SuggestionsOut(OutputSchema):
    items: list[TagOut]
