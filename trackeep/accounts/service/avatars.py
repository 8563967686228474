"""Avatars: any picture in, a small square WebP out, kept by the hash of its content."""

from pathlib import Path

from sqlalchemy import update

from trackeep.accounts import policy, signals
from trackeep.accounts.models import User
from trackeep.accounts.queries import people
from trackeep.core import audit, db, ext, images, versions
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid, NotFound

SIDE = 192
MAX_UPLOAD = images.MAX_BYTES


def set_avatar(actor: Actor, data: bytes) -> None:
    """Raises Invalid for what is not a picture, or too large a one."""
    policy.require_session(actor)
    user_id = actor.require_user()
    try:
        picture = images.fill(data, side=SIDE)
    except images.ImageRefused as error:
        raise Invalid(fields={"avatar": [error.reason]}) from error
    _store(actor, user_id, ext.blobs().put_bytes(picture.data))


def remove_avatar(actor: Actor) -> None:
    policy.require_session(actor)
    _store(actor, actor.require_user(), None)


def avatar_file(actor: Actor, user_id: int) -> tuple[Path, str]:
    """Where a person's avatar lies and its key, for anybody who is signed in; raises NotFound."""
    actor.require_user()
    key = people.avatar_key_of(user_id)
    if key is None:
        raise NotFound()
    return ext.blobs().path(key), key


def _store(actor: Actor, user_id: int, key: str | None) -> None:
    with db.unit_of_work() as session:
        change = update(User).where(User.id == user_id).values(avatar_key=key)
        session.execute(change.execution_options(synchronize_session=False))
        versions.raise_versions(versions.user_scope(user_id))
        audit.record(actor, "accounts.avatar_changed")
        signals.profile_changed.announce(user_id=user_id)
