"""Shapes of administration."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from trackeep.admin.queries import NamedEntry
from trackeep.core.jobs.claims import State
from trackeep.core.schemas import InputSchema, OutputSchema

RowId = Annotated[int, Field(ge=1, le=2**63 - 1)]
# An empty field of a form means that the filter is not used. No day at the very edge: time zones need room.
Day = Annotated[
    Annotated[date, Field(ge=date(1900, 1, 1), le=date(9000, 1, 1))] | None,
    BeforeValidator(lambda value: value or None),
]
Cursor = Annotated[str | None, Field(max_length=2_000)]
Limit = Annotated[int, Field(ge=1, le=100)]


class JobsQuery(InputSchema):
    state: Annotated[State | None, BeforeValidator(lambda value: value or None)] = None
    cursor: Cursor = None
    limit: Limit = 50


class AuditQuery(InputSchema):
    name: Annotated[str, Field(max_length=60)] = ""
    user_id: Annotated[RowId | None, BeforeValidator(lambda value: value or None)] = None
    first_day: Day = None
    last_day: Day = None
    cursor: Cursor = None
    limit: Limit = 50


class JobIdsIn(InputSchema):
    """Without ids all failed jobs are meant."""

    ids: Annotated[list[RowId] | None, Field(max_length=500)] = None


class JobOut(OutputSchema):
    id: int
    name: str
    state: str
    attempts: int
    created_at: datetime
    run_at: datetime
    finished_at: datetime | None
    error: str | None


class JobsOut(OutputSchema):
    items: list[JobOut]
    next_cursor: str | None


class ChangedOut(OutputSchema):
    changed: int


class EventOut(OutputSchema):
    id: int
    at: datetime
    name: str
    user_id: int | None
    who: str
    object_id: int | None
    address: str
    facts: Mapping[str, Any]

    @classmethod
    def of(cls, named: NamedEntry) -> "EventOut":
        entry = named.entry
        return cls(
            id=entry.id,
            at=entry.at,
            name=entry.name,
            user_id=entry.user_id,
            who=named.who,
            object_id=entry.object_id,
            address=entry.address,
            facts=entry.facts,
        )


class AuditOut(OutputSchema):
    items: list[EventOut]
    next_cursor: str | None


class FactOut(OutputSchema):
    term: str
    value: str
    state: str


class PanelOut(OutputSchema):
    name: str
    title: str
    facts: list[FactOut]


class OverviewOut(OutputSchema):
    panels: list[PanelOut]
