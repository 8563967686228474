"""Shapes of spaces."""

from typing import Annotated, Literal

from pydantic import Field

from trackeep.core.actor import Role
from trackeep.core.schemas import InputSchema, OutputSchema

SpaceId = Annotated[int, Field(ge=1, le=2**63 - 1)]


class SpaceOut(OutputSchema):
    """``kind`` is personal, team or conversation; ``role`` is what you are there."""

    id: int
    kind: str
    name: str
    role: Role


class SpacesOut(OutputSchema):
    items: list[SpaceOut]


class ChoiceIn(InputSchema):
    """What the switcher asks for, and the page to stay on."""

    space: SpaceId | Literal["all"]
    back: Annotated[str, Field(max_length=2_000)] = ""
