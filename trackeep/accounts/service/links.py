"""Links sent by mail that work once: for a new password, and to prove that an address is read."""

from datetime import timedelta

from sqlalchemy import ColumnElement, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from trackeep.accounts import names
from trackeep.accounts.errors import LinkGone
from trackeep.accounts.models import MailedLink, User
from trackeep.accounts.queries import people
from trackeep.accounts.service import letters, passwords, sessions, throttle
from trackeep.core import audit, clock, db, jobs, keyring, versions
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.passwords import hash_password

RESET, EMAIL = "reset", "email"
LIFETIMES = {RESET: timedelta(minutes=30), EMAIL: timedelta(days=1)}


def request_reset(actor: Actor, *, login: str) -> None:
    """Ask for a link to a new password. The same happens, in the same time, whether the account exists or not: a job
    looks it up and writes the letter. Raises TooMany."""
    throttle.count_guess(throttle.for_password("reset", throttle.hashed(names.fold(login)), actor.address))
    with db.unit_of_work():
        audit.record(actor, "accounts.reset_requested")
        jobs.enqueue("accounts.send_reset_link", {"login": login})


def send_reset_link(login: str) -> None:
    """Called by the job: the letter, when there is an account that may sign in."""
    found = people.credential_of_login(login)
    if found is None or found.disabled_at is not None:
        return
    with db.unit_of_work():
        letters.send_reset(found.email, new_link(found.id, RESET))


def new_link(user_id: int, purpose: str, *, email: str = "") -> str:
    """Inside a unit of work: the secret of a link; older ones of this purpose stop working."""
    secret, now = keyring.new_token(), clock.now()
    session = db.session()
    session.execute(delete(MailedLink).where(MailedLink.user_id == user_id, MailedLink.purpose == purpose))
    session.execute(
        insert(MailedLink).values(
            user_id=user_id,
            purpose=purpose,
            token_hash=keyring.hash_token(secret),
            email=email,
            created_at=now,
            expires_at=now + LIFETIMES[purpose],
        )
    )
    return secret


def reset_password(actor: Actor, *, secret: str, password: str) -> None:
    """Set the new password and end all sessions; the person then signs in, with the second factor if they have one.
    Raises LinkGone, Invalid or TooMany."""
    throttle.count_guess(throttle.by_address("reset-link", actor.address))
    found = people.credential_of(check_reset_link(secret))
    if found is None or found.disabled_at is not None:
        raise LinkGone()
    passwords.check_new(password, found.username, found.email, found.name)
    new_hash = hash_password(password)
    with db.unit_of_work():
        _take(secret, RESET)
        passwords.store(found.id, new_hash)
        audit.record(Actor(user_id=found.id, address=actor.address), "accounts.password_reset")


def check_reset_link(secret: str) -> int:
    """Whose link it is; raises LinkGone when it was used or has expired."""
    good = select(MailedLink.user_id).where(*_is_good(secret, RESET))
    user_id = db.session().scalar(good)
    if user_id is None:
        raise LinkGone()
    return user_id


def request_email_change(actor: Actor, *, email: str) -> None:
    """Send a link to the new address; it becomes the account's when the link is opened. Whether somebody has the
    address already is not told here. Needs the password again; raises Invalid or TooMany: nobody has us write to many
    strangers."""
    sessions.require_recent_password(actor)
    if not names.is_email(email):
        raise Invalid(fields={"email": [_("This is not an e-mail address.")]})
    throttle.count_guess(throttle.for_password("email-change", str(actor.require_user()), actor.address))
    with db.unit_of_work():
        audit.record(actor, "accounts.email_change_requested")
        send_confirmation(actor.require_user(), email)


def send_confirmation(user_id: int, email: str) -> None:
    """Inside a unit of work: the letter with the link that proves the address."""
    letters.send_confirmation(email, new_link(user_id, EMAIL, email=email))


def confirm_email(actor: Actor, *, secret: str) -> None:
    """The address of the link is read by the person: it becomes theirs. Raises LinkGone, Invalid or TooMany."""
    throttle.count_guess(throttle.by_address("email-link", actor.address))
    try:
        with db.unit_of_work():
            link = _take(secret, EMAIL)
            before = people.credential_of(link.user_id)
            _set_email(link.user_id, link.email)
            audit.record(Actor(user_id=link.user_id, address=actor.address), "accounts.email_confirmed")
            if before and names.fold(before.email) != names.fold(link.email):
                letters.send_email_changed(before.email)
    except IntegrityError as error:
        raise Invalid(fields={"": [_("This address cannot be used: another account has it.")]}) from error


def forget_expired_links() -> None:
    with db.unit_of_work() as session:
        session.execute(delete(MailedLink).where(MailedLink.expires_at <= clock.now()))


def _set_email(user_id: int, email: str) -> None:
    values = {"email": email, "email_key": names.fold(email), "email_confirmed_at": clock.now()}
    change = update(User).where(User.id == user_id).values(**values)
    db.session().execute(change.execution_options(synchronize_session=False))
    versions.raise_versions(versions.user_scope(user_id))


def _take(secret: str, purpose: str) -> Row[int, str]:
    """Inside a unit of work: use the link up; of two who open it at once only one gets it. Raises LinkGone."""
    used = delete(MailedLink).where(*_is_good(secret, purpose)).returning(MailedLink.user_id, MailedLink.email)
    row = db.session().execute(used).first()
    if row is None:
        raise LinkGone()
    return row


def _is_good(secret: str, purpose: str) -> tuple[ColumnElement[bool], ...]:
    is_it = MailedLink.token_hash == keyring.hash_token(secret)
    return is_it, MailedLink.purpose == purpose, MailedLink.expires_at > clock.now()
