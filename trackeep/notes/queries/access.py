"""Which notes of their spaces a person may see: a draft is for those who may write where it is."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.notes.models import Note


def without_drafts(actor: Actor, spaces: Iterable[int]) -> tuple[int, ...]:
    """Those of the spaces whose drafts are not the actor's to see, in order. Part of the key of whatever is kept."""
    return tuple(sorted(space_id for space_id in spaces if not actor.can_write(space_id)))


def shown_in(actor: Actor, space_id: int) -> Sequence[ColumnElement[bool]]:
    """What decides, of the notes of one space, which the actor sees; nothing for those who may write there."""
    return () if actor.can_write(space_id) else (~Note.is_draft,)


def is_shown(name: str) -> ColumnElement[bool]:
    """The same over several spaces; under this name the query is given those of ``without_drafts``."""
    return ~(Note.is_draft & db.is_one_of(Note.space_id + 0, name))
