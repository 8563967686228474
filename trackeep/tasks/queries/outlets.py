"""Calendars that go out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.tasks.models import TaskOutlet

LISTED = 100


@dataclass(frozen=True, slots=True)
class OutletItem:
    """A calendar as its person sees it; its address is known to nobody any more. Without a space it shows all."""

    id: int
    user_id: int
    space_id: int | None
    project_id: int | None
    name: str
    shape: str
    content_hash: str
    changed_at: datetime
    created_at: datetime
    last_used_at: datetime | None


COLUMNS: tuple[Any, ...] = (
    TaskOutlet.id,
    TaskOutlet.user_id,
    TaskOutlet.space_id,
    TaskOutlet.project_id,
    TaskOutlet.name,
    TaskOutlet.shape,
    TaskOutlet.content_hash,
    TaskOutlet.changed_at,
    TaskOutlet.created_at,
    TaskOutlet.last_used_at,
)


def list_outlets(actor: Actor) -> Sequence[OutletItem]:
    """The actor's own, newest first; a person has no more than that."""
    mine = select(*COLUMNS).where(TaskOutlet.user_id == actor.require_user()).order_by(TaskOutlet.id.desc())
    return [OutletItem(*row) for row in db.session().execute(mine.limit(LISTED))]


def outlet_of(secret_hash: str) -> OutletItem | None:
    """By one look into the index, whether there is one or not."""
    row = db.session().execute(select(*COLUMNS).where(TaskOutlet.secret_hash == secret_hash)).first()
    return None if row is None else OutletItem(*row)
