"""Feeds that go out."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from trackeep.core.schemas import InputSchema, OutputSchema
from trackeep.feeds.drafts import OutletDraft
from trackeep.feeds.schemas.feeds import Id
from trackeep.feeds.states import OutletKind


class OutletIn(InputSchema):
    """A feed to be published; ``tag`` and ``collection_id`` go with their kinds. Without ``space_id`` it shows the
    personal space."""

    name: Annotated[str, Field(max_length=1_000)]
    kind: OutletKind
    tag: Annotated[str, Field(max_length=1_000)] = ""
    collection_id: Id | None = None
    space_id: Id | None = None

    def draft(self) -> OutletDraft:
        return OutletDraft(**self.model_dump(exclude={"space_id"}))


class OutletOut(OutputSchema):
    id: int
    space_id: int
    name: str
    kind: OutletKind
    tag: str
    collection_id: int | None
    created_at: datetime
    last_used_at: datetime | None


class OutletsOut(OutputSchema):
    items: list[OutletOut]


class NewOutletOut(OutputSchema):
    """The addresses are told only this once."""

    id: int
    atom_url: str
    json_url: str
