"""The tree, the place of a note in it, lines that are ticked, notes by name and by day."""

from pydantic import Field

from trackeep.core.schemas import InputSchema, OutputSchema
from trackeep.notes.schemas.fields import Cursor, Day, Id, Limit, Line, TextInput, Title


class TreeQuery(InputSchema):
    """Without ``parent`` the top of the space, without ``space`` of the personal one."""

    space: Id | None = None
    parent: Id | None = None
    cursor: Cursor = None
    limit: Limit = 100


class MissingQuery(InputSchema):
    """Without ``space`` the personal one."""

    space: Id | None = None
    cursor: Cursor = None
    limit: Limit = 50


class BranchOut(OutputSchema):
    """``children`` is the number of notes right below it."""

    id: int
    space_id: int
    parent_id: int | None
    title: str
    pinned: bool
    is_template: bool
    is_draft: bool
    encrypted: bool
    children: int


class BranchesOut(OutputSchema):
    items: list[BranchOut]
    next_cursor: str | None


class PathOut(OutputSchema):
    """From the top down to the note itself."""

    items: list[BranchOut]


class NoteMoveIn(InputSchema):
    """Below ``parent_id``, null for the top; before the sibling ``before_id``, null for the end."""

    parent_id: Id | None = None
    before_id: Id | None = None


class TickIn(TextInput):
    """``line`` counts from 1; ``expected`` is what the whole line says."""

    line: int = Field(ge=1, le=10_000_000)
    checked: bool
    expected: Line


class NamedIn(InputSchema):
    title: Title
    parent_id: Id | None = None
    space_id: Id | None = None


class DailyIn(InputSchema):
    """Without ``day`` the present one, by the time zone of your settings."""

    day: Day | None = None
    template_id: Id | None = None
    space_id: Id | None = None
