"""Feeds that go out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.feeds.models import FeedOutlet

LISTED = 100


@dataclass(frozen=True, slots=True)
class OutletItem:
    """A feed out as its person sees it; its address is known to nobody any more."""

    id: int
    user_id: int
    space_id: int
    name: str
    kind: str
    tag: str
    collection_id: int | None
    created_at: datetime
    last_used_at: datetime | None


COLUMNS = (
    FeedOutlet.id,
    FeedOutlet.user_id,
    FeedOutlet.space_id,
    FeedOutlet.name,
    FeedOutlet.kind,
    FeedOutlet.tag,
    FeedOutlet.collection_id,
    FeedOutlet.created_at,
    FeedOutlet.last_used_at,
)


def list_outlets(actor: Actor) -> Sequence[OutletItem]:
    """The actor's own, newest first; a person has no more than that."""
    mine = select(*COLUMNS).where(FeedOutlet.user_id == actor.require_user()).order_by(FeedOutlet.id.desc())
    return [OutletItem(*row) for row in db.session().execute(mine.limit(LISTED))]


def outlet_of(secret_hash: str) -> OutletItem | None:
    """By one look into the index, whether there is one or not."""
    row = db.session().execute(select(*COLUMNS).where(FeedOutlet.secret_hash == secret_hash)).first()
    return None if row is None else OutletItem(*row)
