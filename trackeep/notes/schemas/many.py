"""What one action on many notes takes and answers."""

from typing import Annotated

from pydantic import Field

from trackeep.core.schemas import InputSchema, OutputSchema
from trackeep.notes.schemas.fields import Id, TagNames
from trackeep.notes.service import BulkVerb


class NotesBulkIn(InputSchema):
    """``tags`` are for ``tag`` and ``untag``; ``move`` puts the notes below ``parent_id``, null being the top."""

    verb: BulkVerb
    ids: Annotated[list[Id], Field(min_length=1, max_length=500)]
    tags: TagNames = []
    parent_id: Id | None = None


class NotesBulkOut(OutputSchema):
    """How many were not so before, with ``trash`` also those below them; ``undo_id`` takes the change back."""

    changed: int
    undo_id: int | None
