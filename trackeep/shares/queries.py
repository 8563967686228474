"""Reads: what can be shared, the links to a thing and those of a person, and the link that a visitor's token means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from trackeep.core import clock, db
from trackeep.core.actor import Actor, Role
from trackeep.core.errors import NotFound
from trackeep.core.objects import Object
from trackeep.core.paging import Page, bounded_limit, decode_cursor, encode_cursor
from trackeep.core.sharing import Shareable
from trackeep.core.slots import Found, SearchSource, slots
from trackeep.shares import tokens
from trackeep.shares.models import ObjectShare


@dataclass(frozen=True, slots=True)
class Target:
    """A thing that can be shared."""

    object_id: int
    kind: str
    space_id: int
    offer: Shareable


@dataclass(frozen=True, slots=True)
class ShareItem:
    """A link as people see it that may end it. ``token`` is known to whoever made it, and to nobody else."""

    id: int
    object_id: int
    kind: str
    space_id: int
    created_by: int
    include_children: bool
    allow_download: bool
    has_password: bool
    expires_at: datetime | None
    is_over: bool
    view_count: int
    download_count: int
    last_viewed_at: datetime | None
    created_at: datetime
    token: str | None


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A link that leads somewhere at this moment, as far as this table knows."""

    id: int
    object_id: int
    kind: str
    space_id: int
    created_by: int
    include_children: bool
    allow_download: bool
    password_hash: str | None


_LINK = (
    ObjectShare.id,
    ObjectShare.object_id,
    Object.kind,
    Object.space_id,
    ObjectShare.created_by,
    ObjectShare.include_children,
    ObjectShare.allow_download,
    ObjectShare.password_hash,
)
_COLUMNS = (
    *_LINK,
    ObjectShare.expires_at,
    ObjectShare.view_count,
    ObjectShare.download_count,
    ObjectShare.last_viewed_at,
    ObjectShare.created_at,
    ObjectShare.token_hash,
    ObjectShare.token_sealed,
)


def offers() -> Mapping[str, Shareable]:
    return {offer.kind: offer for offer in slots.each(Shareable)}


def get_target(actor: Actor, object_id: int) -> Target:
    """Raises NotFound for what the actor may not see, what lies in the trash, and kinds that cannot be shared."""
    mine = (Object.id == object_id, Object.deleted_at.is_(None), Object.space_id.in_(actor.readable_spaces))
    row = db.session().execute(select(Object.id, Object.kind, Object.space_id).where(*mine)).first()
    offer = offers().get(row.kind) if row is not None else None
    if row is None or offer is None or not actor.may_read(offer.domain):
        raise NotFound()
    return Target(row.id, row.kind, row.space_id, offer)


def list_shares(
    actor: Actor, *, object_id: int | None = None, cursor: str | None = None, limit: int = 50
) -> Page[ShareItem]:
    """The actor's own links that were not revoked, newest first; of one thing also those of others, for whoever looks
    after its space. Raises NotFound like ``get_target``."""
    count = bounded_limit(limit)
    query = _shares(actor)
    if object_id is None:
        query = query.where(ObjectShare.created_by == actor.require_user())
    else:
        query = query.where(ObjectShare.object_id == get_target(actor, object_id).object_id)
    if cursor:
        query = query.where(ObjectShare.id < decode_cursor(cursor, (int,))[0])
    rows = db.session().execute(query.order_by(ObjectShare.id.desc()).limit(count + 1)).all()
    items = [_item(actor, row) for row in rows[:count]]
    return Page(items, encode_cursor(items[-1].id) if len(rows) > count else None)


def get_share(actor: Actor, share_id: int) -> ShareItem:
    """Raises NotFound for what was revoked, and for links of others but in a space that the actor looks after."""
    row = db.session().execute(_shares(actor).where(ObjectShare.id == share_id)).first()
    if row is None:
        raise NotFound()
    return _item(actor, row)


def link_of(token_hash: str) -> OpenLink | None:
    """By one look into the index; what is wrong, has ended or was revoked, and what shows a thing in the trash, looks
    the same."""
    is_open = (
        ObjectShare.token_hash == token_hash,
        ObjectShare.revoked_at.is_(None),
        or_(ObjectShare.expires_at.is_(None), ObjectShare.expires_at > clock.now()),
        Object.deleted_at.is_(None),
    )
    query = select(*_LINK).join(Object, Object.id == ObjectShare.object_id).where(*is_open)
    row = db.session().execute(query).first()
    return None if row is None else OpenLink(*row)


def things(actor: Actor, items: Sequence[ShareItem]) -> Mapping[int, Found]:
    """What the links lead to, as lists show it; what the actor may no longer see is left out. A query a kind."""
    found: dict[int, Found] = {}
    for source in slots.each(SearchSource):
        ids = list(dict.fromkeys(item.object_id for item in items if item.kind == source.kind))
        found |= source.load(actor, ids) if ids else {}
    return found


def _shares(actor: Actor) -> db.AnySelect:
    user_id = actor.require_user()
    managed = [space_id for space_id, role in actor.roles.items() if role.rank >= Role.ADMIN.rank]
    visible: list[ColumnElement[bool]] = [
        or_(ObjectShare.created_by == user_id, Object.space_id.in_(managed)),
        ObjectShare.revoked_at.is_(None),
        Object.kind.in_([offer.kind for offer in offers().values() if actor.may_read(offer.domain)]),
    ]
    query: db.AnySelect = select(*_COLUMNS).join(Object, Object.id == ObjectShare.object_id)
    return query.where(*visible)


def _item(actor: Actor, row: db.AnyRow) -> ShareItem:
    return ShareItem(
        id=row.id,
        object_id=row.object_id,
        kind=row.kind,
        space_id=row.space_id,
        created_by=row.created_by,
        include_children=row.include_children,
        allow_download=row.allow_download,
        has_password=row.password_hash is not None,
        expires_at=row.expires_at,
        is_over=row.expires_at is not None and row.expires_at <= clock.now(),
        view_count=row.view_count,
        download_count=row.download_count,
        last_viewed_at=row.last_viewed_at,
        created_at=row.created_at,
        token=tokens.opened(row.token_sealed, row.token_hash) if row.created_by == actor.user_id else None,
    )
