"""Shapes of the trash."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from trackeep.core.schemas import InputSchema, OutputSchema

ObjectId = Annotated[int, Field(ge=1, le=2**63 - 1)]


class TrashQuery(InputSchema):
    kind: Annotated[str | None, Field(max_length=40)] = None
    cursor: Annotated[str | None, Field(max_length=2_000)] = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class IdsIn(InputSchema):
    ids: Annotated[list[ObjectId], Field(min_length=1, max_length=500)]


class EmptyIn(InputSchema):
    kind: Annotated[str | None, Field(max_length=40)] = None


class TrashedOut(OutputSchema):
    object_id: int
    kind: str
    title: str
    icon: str
    deleted_at: datetime


class TrashPageOut(OutputSchema):
    items: list[TrashedOut]
    next_cursor: str | None


class ChangedOut(OutputSchema):
    changed: int
