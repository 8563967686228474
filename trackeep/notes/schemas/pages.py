"""What the forms and scripts of the pages send."""

from typing import Annotated

from pydantic import Field

from trackeep.core.schemas import InputSchema
from trackeep.notes.schemas.fields import Body, Id, TextInput, Title

MAX_TASK = 2_000


class MarksIn(InputSchema):
    pinned: bool | None = None
    is_template: bool | None = None
    is_draft: bool | None = None


class SavedIn(TextInput):
    """``version`` is the one that was edited, ``base`` what it said, sent once the two have turned out to differ."""

    title: Title | None = None
    body: Body | None = None
    base: Body | None = None
    version: Annotated[int, Field(ge=1, lt=2**31)]


class PreviewIn(TextInput):
    text: Body = ""
    space: Id


class TitlesQuery(InputSchema):
    text: Annotated[str, Field(max_length=300)] = ""
    space: Id | None = None


class TaskIn(InputSchema):
    text: Annotated[str, Field(min_length=1, max_length=MAX_TASK)]
