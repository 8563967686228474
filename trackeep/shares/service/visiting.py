"""A link followed: what it opens at this moment, its password, and how often it was used."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from trackeep.accounts import service as accounts
from trackeep.core import clock, db, keyring
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.passwords import verify_password
from trackeep.core.sharing import Shareable
from trackeep.core.slots import slots
from trackeep.shares import policy, queries, tokens
from trackeep.shares.models import ObjectShare
from trackeep.shares.queries import OpenLink


@dataclass(frozen=True, slots=True)
class Followed:
    """What a visitor reaches. ``owner`` is who made the link: all is asked in their name, and they are told to
    nobody but by the name that they show."""

    link: OpenLink
    owner: Actor
    offer: Shareable


def follow(token: str) -> Followed | None:
    """None for a wrong token, for a link that has ended or was revoked, and for one whose thing is in the trash or no
    longer its maker's to publish: nobody learns which. Nothing of this is ever cached."""
    link = queries.link_of(keyring.hash_token(token))
    owner = slots.actor_of(link.created_by) if link is not None else None
    offer = queries.offers().get(link.kind) if link is not None else None
    if link is None or owner is None or offer is None or not policy.may_publish(owner, link.space_id):
        return None
    return None if offer.objection(owner, link.object_id) is not None else Followed(link, owner, offer)


def is_unlocked(link: OpenLink, mark: str) -> bool:
    """Whether it needs no password, or this browser has given it."""
    return link.password_hash is None or tokens.fits(mark, link.id, link.password_hash)


def unlock(link: OpenLink, password: str, *, address: str) -> str:
    """The mark for the browser of who knows the password. Each guess is counted before it is looked at. Raises Invalid
    and TooMany."""
    if link.password_hash is None:
        return ""
    limits = accounts.for_password("share", str(link.id), address)
    accounts.count_guess(limits)
    if not verify_password(link.password_hash, password):
        raise Invalid(fields={"password": [_("This is not the password of this link.")]})
    with db.unit_of_work():
        accounts.give_back(limits)
    return tokens.mark(link.id, link.password_hash)


def note_view(link: OpenLink) -> None:
    """One more, counted by the database, whoever comes at once."""
    _count(link, view_count=ObjectShare.view_count + 1, last_viewed_at=clock.now())


def note_download(link: OpenLink) -> None:
    _count(link, download_count=ObjectShare.download_count + 1)


def _count(link: OpenLink, **values: Any) -> None:
    counted = update(ObjectShare).where(ObjectShare.id == link.id).values(**values)
    with db.unit_of_work() as session:
        session.execute(counted.execution_options(synchronize_session=False))
