"""Shapes of references."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from trackeep.core.schemas import InputSchema, OutputSchema

ObjectId = Annotated[int, Field(ge=1, le=2**63 - 1)]


class LinkedQuery(InputSchema):
    object: ObjectId
    cursor: Annotated[str | None, Field(max_length=2_000)] = None
    limit: Annotated[int, Field(ge=1, le=100)] = 20


class CandidatesQuery(InputSchema):
    object: ObjectId
    q: Annotated[str, Field(max_length=200)] = ""
    limit: Annotated[int, Field(ge=1, le=20)] = 8


class ReferenceIn(InputSchema):
    """``object_id`` and ``other_id`` may be given in either order."""

    object_id: ObjectId
    other_id: ObjectId
    note: Annotated[str, Field(max_length=500)] = ""


class MakingIn(InputSchema):
    """``kind`` is one of those that quick add makes and that may be about something, such as a task."""

    object_id: ObjectId
    kind: Annotated[str, Field(min_length=1, max_length=40)]
    text: Annotated[str, Field(min_length=1, max_length=20_000)]


class ThingOut(OutputSchema):
    object_id: int
    kind: str
    title: str
    url: str
    icon: str
    hint: str


class LinkedOut(OutputSchema):
    """``thing`` is at the other end."""

    id: int
    thing: ThingOut
    note: str
    created_at: datetime


class LinkedPageOut(OutputSchema):
    items: list[LinkedOut]
    next_cursor: str | None


class CandidatesOut(OutputSchema):
    items: list[ThingOut]


class MadeOut(ThingOut):
    """``object_id`` is null for what is no thing of its own."""

    object_id: int | None  # type: ignore[assignment]  # wider than in its base on purpose
