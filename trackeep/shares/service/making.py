"""Links made, changed and revoked."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select, update

from trackeep.core import audit, clock, db, keyring
from trackeep.core.actor import Actor
from trackeep.core.errors import Forbidden, Invalid, NotFound
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import take_turn_with
from trackeep.core.passwords import hash_password, password_problems
from trackeep.shares import policy, queries, tokens
from trackeep.shares.drafts import Keep, ShareChanges, ShareDraft
from trackeep.shares.models import ObjectShare
from trackeep.shares.queries import ShareItem, Target

MAX_PER_OBJECT = 20
MAX_OWN = 1_000
LONGEST = timedelta(days=3_660)


def create_share(actor: Actor, draft: ShareDraft) -> int:
    """The id of the new link. Raises NotFound for what the actor may not see or cannot be shared, Forbidden for those
    who may only read it, and Invalid."""
    user_id, token = actor.require_user(), keyring.new_token()
    _publishable(actor, draft.object_id)
    row: dict[str, Any] = {
        "object_id": draft.object_id,
        "created_by": user_id,
        "token_hash": keyring.hash_token(token),
        "token_sealed": tokens.sealed(token),
        "include_children": draft.include_children,
        "allow_download": draft.allow_download,
        "password_hash": _hashed(draft.password) if draft.password else None,
        "expires_at": _checked_end(draft.expires_at),
        "created_at": clock.now(),
    }
    with db.unit_of_work() as session:
        take_turn_with([draft.object_id])
        target = _publishable(actor, draft.object_id)
        _require_room(actor, draft.object_id)
        row["include_children"] = draft.include_children and bool(target.offer.children)
        row["allow_download"] = draft.allow_download and target.offer.file is not None
        share_id = session.scalars(insert(ObjectShare).returning(ObjectShare.id), [row]).one()
        audit.record(actor, "shares.created", object_id=draft.object_id, share_id=share_id)
    return share_id


def change_share(actor: Actor, share_id: int, changes: ShareChanges) -> None:
    """One's own link only. Raises NotFound, Forbidden and Invalid like ``create_share``."""
    item = _own(actor, share_id)
    values = _changed(changes)
    with db.unit_of_work() as session:
        take_turn_with([item.object_id])
        target = _publishable(actor, item.object_id)
        if not target.offer.children:
            values.pop("include_children", None)
        if target.offer.file is None:
            values.pop("allow_download", None)
        if not values:
            return
        mine = (ObjectShare.id == share_id, ObjectShare.created_by == item.created_by, ObjectShare.revoked_at.is_(None))
        change = update(ObjectShare).where(*mine).values(**values).returning(ObjectShare.id)
        if session.execute(change.execution_options(synchronize_session=False)).first() is None:
            raise NotFound()
        audit.record(actor, "shares.changed", object_id=item.object_id, share_id=share_id, fields=sorted(values))


def revoke_share(actor: Actor, share_id: int) -> ShareItem:
    """From the commit on the link leads nowhere, for ever: its secret is forgotten. Raises NotFound for links of others
    but in a space that the actor looks after."""
    item = queries.get_share(actor, share_id)
    if not policy.may_revoke(actor, item.space_id, item.created_by):
        raise NotFound()
    with db.unit_of_work() as session:
        take_turn_with([item.object_id])
        open_one = (ObjectShare.id == share_id, ObjectShare.revoked_at.is_(None))
        values = {"revoked_at": clock.now(), "token_sealed": "", "password_hash": None}
        revoked = update(ObjectShare).where(*open_one).values(**values).returning(ObjectShare.id)
        if session.execute(revoked.execution_options(synchronize_session=False)).first() is None:
            raise NotFound()
        audit.record(actor, "shares.revoked", object_id=item.object_id, share_id=share_id)
    return item


def _publishable(actor: Actor, object_id: int) -> Target:
    target = queries.get_target(actor, object_id)
    # Asked first: for whom a thing is as if it were not there, the domain raises NotFound.
    objection = target.offer.objection(actor, object_id)
    if not policy.may_publish(actor, target.space_id):
        raise Forbidden()
    if objection is not None:
        raise Invalid(fields={"object_id": [objection]})
    return target


def _own(actor: Actor, share_id: int) -> ShareItem:
    item = queries.get_share(actor, share_id)
    if item.created_by != actor.require_user():
        raise NotFound()
    return item


def _changed(changes: ShareChanges) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if changes.include_children is not None:
        values["include_children"] = changes.include_children
    if changes.allow_download is not None:
        values["allow_download"] = changes.allow_download
    if not isinstance(changes.password, Keep):
        values["password_hash"] = _hashed(changes.password) if changes.password else None
    if not isinstance(changes.expires_at, Keep):
        values["expires_at"] = _checked_end(changes.expires_at)
    return values


def _hashed(password: str) -> str:
    problems = password_problems(password)
    if problems:
        raise Invalid(fields={"password": problems})
    return hash_password(password)


def _checked_end(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    now = clock.now()
    if not now < moment <= now + LONGEST:
        raise Invalid(fields={"expires_at": [_("Choose a moment that is still to come, within ten years.")]})
    return moment


def _require_room(actor: Actor, object_id: int) -> None:
    counted = select(func.count()).select_from(ObjectShare).where(ObjectShare.revoked_at.is_(None))
    session = db.session()
    of_object = session.scalar(counted.where(ObjectShare.object_id == object_id)) or 0
    own = session.scalar(counted.where(ObjectShare.created_by == actor.user_id)) or 0
    if of_object >= MAX_PER_OBJECT or own >= MAX_OWN:
        raise Invalid(fields={"object_id": [_("There are too many links. Please revoke some that nobody needs.")]})
