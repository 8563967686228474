"""Invitations by address: seven days, once, and only for the address that was invited."""

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import ColumnElement, Row, delete, insert, select, true, update

from trackeep.accounts import names
from trackeep.accounts.errors import LinkGone, RegistrationClosed
from trackeep.accounts.models import Invitation, User
from trackeep.accounts.queries import belongings
from trackeep.accounts.queries import people as reads
from trackeep.accounts.queries.belongings import InvitationSummary
from trackeep.accounts.service import letters, people, sessions, signing, throttle
from trackeep.accounts.service.people import NewPerson
from trackeep.accounts.service.signing import SignedIn
from trackeep.core import audit, clock, db, jobs, keyring
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid, NotFound
from trackeep.core.i18n import gettext as _
from trackeep.core.paging import Page
from trackeep.core.passwords import hash_password

LIFETIME = timedelta(days=7)
KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Invited:
    """A fresh invitation; its link is known only now."""

    id: int
    link: str


def invite(actor: Actor, *, email: str, role: str = "user") -> Invited:
    """Send an invitation; an open one for the same address stops working. Another administrator needs the password
    again. Raises Invalid."""
    actor.require_admin()
    if role == "admin":
        sessions.require_recent_password(actor)
    if not names.is_email(email):
        raise Invalid(fields={"email": [_("This is not an e-mail address.")]})
    if reads.credential_of_login(email) is not None:
        raise Invalid(fields={"email": [_("Somebody with this address has an account already.")]})
    with db.unit_of_work():
        invitation_id, secret = _new(email, role, invited_by=actor.user_id)
        audit.record(actor, "accounts.invited", invitation_id=invitation_id, role=role)
    return Invited(invitation_id, letters.invitation_url(secret))


def revoke_invitation(actor: Actor, invitation_id: int) -> None:
    """Raises NotFound unless it is still open."""
    actor.require_admin()
    with db.unit_of_work():
        if not _close(Invitation.id == invitation_id, "revoked"):
            raise NotFound()
        audit.record(actor, "accounts.invitation_revoked", invitation_id=invitation_id)


def invitations(actor: Actor, *, cursor: str | None = None, limit: int = 50) -> Page[InvitationSummary]:
    return belongings.invitations(actor, cursor=cursor, limit=limit)


def invited_address(secret: str) -> str:
    """The address that an open invitation is for; raises LinkGone."""
    return str(_open(secret).email)


def accept_invitation(actor: Actor, *, secret: str, person: NewPerson) -> SignedIn:
    """Make the account of the invited address, whatever address the person gives. Raises LinkGone or Invalid."""
    throttle.count_guess(throttle.by_address("invitation", actor.address))
    person = replace(person, email=_open(secret).email)
    people.check(person)
    password_hash = hash_password(person.password)
    with db.unit_of_work():
        found = _open(secret)
        if not _close(Invitation.id == found.id, "accepted"):
            raise LinkGone()
        user_id = people.create(actor, person, password_hash, role=found.role, confirmed=True)
        audit.record(replace(actor, user_id=user_id), "accounts.invitation_accepted", invitation_id=found.id)
        return signing.complete(actor, user_id)


def decline_invitation(actor: Actor, *, secret: str) -> None:
    with db.unit_of_work():
        found = _open(secret)
        _close(Invitation.id == found.id, "declined")
        audit.record(actor, "accounts.invitation_declined", invitation_id=found.id)


def request_registration(actor: Actor, *, email: str) -> None:
    """While registration is open and mail is sent: ask for a link that makes the account. The same happens, in the same
    time, whether the address has an account already or not. Raises RegistrationClosed, Invalid or TooMany."""
    if people.registration_mode() != "open" or not people.registers_by_mail():
        raise RegistrationClosed()
    throttle.count_guess(throttle.by_address("register", actor.address))
    if not names.is_email(email):
        raise Invalid(fields={"email": [_("This is not an e-mail address.")]})
    with db.unit_of_work():
        audit.record(actor, "accounts.registration_requested")
        jobs.enqueue("accounts.send_registration_link", {"email": email})


def send_registration_link(email: str) -> None:
    """Called by the job."""
    with db.unit_of_work():
        if reads.credential_of_login(email) is not None:
            letters.send_have_account(email)
        else:
            _new(email, "user", invited_by=None)


def forget_old_invitations() -> None:
    with db.unit_of_work() as session:
        session.execute(delete(Invitation).where(Invitation.expires_at < clock.now() - KEPT))


def _new(email: str, role: str, *, invited_by: int | None) -> tuple[int, str]:
    secret, now = keyring.new_token(), clock.now()
    # Anybody can ask for a letter to any address: that must not end what an administrator has offered to it.
    replaceable = Invitation.invited_by.is_(None) if invited_by is None else true()
    _close((Invitation.email_key == names.fold(email)) & replaceable, "revoked")
    row = {
        "email": email,
        "email_key": names.fold(email),
        "token_hash": keyring.hash_token(secret),
        "role": role,
        "invited_by": invited_by,
        "created_at": now,
        "expires_at": now + LIFETIME,
    }
    invitation_id = db.session().scalars(insert(Invitation).returning(Invitation.id), [row]).one()
    letters.send_invitation(email, secret)
    return invitation_id, secret


def _open(secret: str) -> Row[int, str, str, int | None]:
    """Behind an offer stands an administrator, as long as they are one: what somebody has left behind who is gone,
    disabled or no administrator any more opens no more than a registration does."""
    stands_behind = (User.id == Invitation.invited_by) & (User.role == "admin") & User.disabled_at.is_(None)
    found = (
        select(Invitation.id, Invitation.email, Invitation.role, User.id.label("offered_by"))
        .outerjoin(User, stands_behind)
        .where(
            Invitation.token_hash == keyring.hash_token(secret),
            Invitation.state == "pending",
            Invitation.expires_at > clock.now(),
        )
    )
    row = db.session().execute(found).first()
    if row is None or (row.offered_by is None and row.role == "admin"):
        raise LinkGone()
    if row.offered_by is None and people.registration_mode() != "open":
        raise RegistrationClosed()
    return row


def _close(condition: ColumnElement[bool], state: str) -> int:
    """End open invitations; answers how many. Of two who accept at once, one finds it closed."""
    change = (
        update(Invitation)
        .where(condition, Invitation.state == "pending")
        .values(state=state)
        .returning(Invitation.id)
        .execution_options(synchronize_session=False)
    )
    return len(db.session().execute(change).all())
