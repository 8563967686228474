"""Changing a password: the current one is proven, the new one judged, and other sessions end at once."""

from sqlalchemy import delete, update

from trackeep.accounts import policy
from trackeep.accounts.models import MailedLink, SignIn, User
from trackeep.accounts.queries import people
from trackeep.accounts.queries.people import Credential
from trackeep.accounts.service import sessions, throttle
from trackeep.accounts.service.sessions import Started
from trackeep.core import audit, clock, db
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid, NotFound
from trackeep.core.i18n import gettext as _
from trackeep.core.passwords import hash_password, password_problems, verify_password


def change_password(actor: Actor, *, current: str, new: str) -> Started:
    """Answers this session's new id; every other session of the person has ended. Raises Invalid or TooMany."""
    session_id = policy.require_session(actor)
    found = prove(actor, current, field="current_password")
    check_new(new, found.username, found.email, found.name, current=found.password_hash, field="new_password")
    new_hash = hash_password(new)
    with db.unit_of_work():
        store(found.id, new_hash, keep_session=session_id)
        audit.record(actor, "accounts.password_changed")
        return sessions.renew(actor)


def confirm_password(actor: Actor, *, password: str) -> None:
    """Note that the password was given just now, so that dangerous changes pass. Raises Invalid or TooMany."""
    session_id = policy.require_session(actor)
    prove(actor, password, field="password")
    with db.unit_of_work() as session:
        session.execute(
            update(SignIn)
            .where(SignIn.id == session_id)
            .values(password_at=clock.now())
            .execution_options(synchronize_session=False)
        )
        audit.record(actor, "accounts.password_confirmed")


def prove(actor: Actor, password: str, *, field: str) -> Credential:
    """The actor's credential when this is their password; raises Invalid for the field, or TooMany."""
    user_id = actor.require_user()
    limits = throttle.for_password("password", f"{user_id}:{actor.session_id}", actor.address)
    throttle.count_guess(limits)
    found = people.credential_of(user_id)
    if found is None:
        raise NotFound()
    if not verify_password(found.password_hash, password):
        with db.unit_of_work():
            audit.record(actor, "accounts.password_wrong")
        raise Invalid(fields={field: [_("This is not your password.")]})
    with db.unit_of_work():
        throttle.give_back(limits)
    return found


def check_new(password: str, *known: str, current: str | None = None, field: str = "password") -> None:
    """Raises Invalid for what nobody should use, and for the password that is to be replaced."""
    problems = password_problems(password, known=[text for text in known if text])
    if not problems and current is not None and verify_password(current, password):
        problems = [_("This is the password that you have now. Please choose another one.")]
    if problems:
        raise Invalid(fields={field: problems})


def store(user_id: int, password_hash: str, *, keep_session: int | None = None, temporary: bool = False) -> None:
    """Inside a unit of work: the new hash, the end of all other sessions, and of links that could set another one."""
    session = db.session()
    session.execute(
        update(User)
        .where(User.id == user_id)
        .values(password_hash=password_hash, password_temporary=temporary)
        .execution_options(synchronize_session=False)
    )
    session.execute(delete(MailedLink).where(MailedLink.user_id == user_id))
    sessions.end_sessions(user_id, keep=keep_session)
