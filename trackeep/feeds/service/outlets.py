"""Feeds that go out: made with a secret that is shown once, read by whoever has it, revoked at once."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, update

from trackeep.bookmarks import service as bookmarks
from trackeep.core import audit, clock, db, keyring
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid, NotFound
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import take_turn
from trackeep.core.slots import slots
from trackeep.feeds import queries
from trackeep.feeds.drafts import OutletDraft
from trackeep.feeds.models import FeedOutlet
from trackeep.feeds.queries import OutletItem
from trackeep.feeds.states import OutletKind
from trackeep.tags import service as tags

MAX_NAME = 100
MAX_OUTLETS = 50
NEWEST = 50
USED = timedelta(minutes=5)
_VIEWS: Mapping[OutletKind, bookmarks.View] = {
    OutletKind.UNREAD: bookmarks.View.UNREAD,
    OutletKind.FAVOURITE: bookmarks.View.FAVOURITE,
}


@dataclass(frozen=True, slots=True)
class NewOutlet:
    """The only moment at which the secret is known."""

    id: int
    secret: str


@dataclass(frozen=True, slots=True)
class Published:
    """What an address shows at this moment. ``uid`` names the feed for good without telling its secret."""

    outlet: OutletItem
    uid: str
    items: Sequence[bookmarks.BookmarkItem]
    updated_at: datetime


def create_outlet(actor: Actor, space_id: int, draft: OutletDraft) -> NewOutlet:
    """Whoever has the address reads what the actor may read, so a token must be one that reads bookmarks. Raises
    Invalid."""
    actor.require_read(space_id)
    actor.require_scope("bookmarks:read")
    user_id, secret = actor.require_user(), keyring.new_token()
    values = _columns(draft)
    with db.unit_of_work() as session:
        take_turn(space_id)
        mine = select(func.count()).select_from(FeedOutlet).where(FeedOutlet.user_id == user_id)
        if (session.scalar(mine) or 0) >= MAX_OUTLETS:
            raise Invalid(fields={"name": [_("There are too many feeds. Please revoke some that nobody reads.")]})
        bookmarks.check_collections(space_id, [draft.collection_id] if draft.collection_id else [])
        row = {
            **values,
            "user_id": user_id,
            "space_id": space_id,
            "secret_hash": keyring.hash_token(secret),
            "created_at": clock.now(),
        }
        outlet_id = session.scalars(insert(FeedOutlet).returning(FeedOutlet.id), [row]).one()
        audit.record(actor, "feeds.outlet_created", outlet_id=outlet_id, outlet_name=values["name"])
    return NewOutlet(outlet_id, secret)


def revoke_outlet(actor: Actor, outlet_id: int) -> None:
    """From now on its address leads nowhere. Raises NotFound for another person's, too."""
    user_id = actor.require_user()
    with db.unit_of_work() as session:
        mine = delete(FeedOutlet).where(FeedOutlet.id == outlet_id, FeedOutlet.user_id == user_id)
        if session.execute(mine.returning(FeedOutlet.id)).first() is None:
            raise NotFound()
        audit.record(actor, "feeds.outlet_revoked", outlet_id=outlet_id)


def published(secret: str) -> Published | None:
    """None for a wrong secret, for one that was revoked, and for one whose person may not read this any more: nobody
    learns which."""
    outlet = queries.outlet_of(keyring.hash_token(secret))
    actor = slots.actor_of(outlet.user_id) if outlet is not None else None
    if outlet is None or actor is None or not actor.can_read(outlet.space_id):
        return None
    _note_use(outlet)
    items = _items(actor, outlet)
    updated = max((item.updated_at for item in items), default=outlet.created_at)
    uid = hashlib.sha256(f"outlet {outlet.id} {outlet.created_at.isoformat()}".encode()).hexdigest()[:32]
    return Published(outlet, uid, items, updated)


def _items(actor: Actor, outlet: OutletItem) -> Sequence[bookmarks.BookmarkItem]:
    kind = OutletKind(outlet.kind)
    if kind is OutletKind.SHARED:
        return bookmarks.newest_shared(actor, outlet.space_id, NEWEST)
    filters = bookmarks.Filters(
        view=_VIEWS.get(kind, bookmarks.View.ALL),
        space_id=outlet.space_id,
        tag=outlet.tag if kind is OutletKind.TAG else "",
        collection_id=outlet.collection_id if kind is OutletKind.COLLECTION else None,
    )
    return bookmarks.newest(actor, filters, NEWEST)


def _note_use(outlet: OutletItem) -> None:
    """Written at most every few minutes: programs ask often."""
    now = clock.now()
    if outlet.last_used_at is not None and outlet.last_used_at > now - USED:
        return
    late = or_(FeedOutlet.last_used_at.is_(None), FeedOutlet.last_used_at <= now - USED)
    with db.unit_of_work() as session:
        used = update(FeedOutlet).where(FeedOutlet.id == outlet.id, late).values(last_used_at=now)
        session.execute(used.execution_options(synchronize_session=False))


def _columns(draft: OutletDraft) -> dict[str, Any]:
    name, tag = " ".join(draft.name.split()), tags.clean_name(draft.tag)
    complaints: dict[str, list[str]] = {}
    if not name:
        complaints["name"] = [_("A feed needs a name.")]
    elif len(name) > MAX_NAME:
        complaints["name"] = [_("At most %(limit)s characters.", limit=MAX_NAME)]
    if draft.kind is OutletKind.TAG and not 0 < len(tag) <= MAX_NAME:
        complaints["tag"] = [_("Choose one tag.")]
    if draft.kind is OutletKind.COLLECTION and draft.collection_id is None:
        complaints["collection_id"] = [_("Choose a collection.")]
    if complaints:
        raise Invalid(fields=complaints)
    return {
        "name": name,
        "kind": draft.kind.value,
        "tag": tag if draft.kind is OutletKind.TAG else "",
        "collection_id": draft.collection_id if draft.kind is OutletKind.COLLECTION else None,
    }
