"""What administrators do with other people's accounts; the last administrator stays one."""

from dataclasses import dataclass

from sqlalchemy import select, update

from trackeep.accounts import codes, signals
from trackeep.accounts.errors import LastAdministrator
from trackeep.accounts.models import InstanceSetting, User
from trackeep.accounts.queries import people as reads
from trackeep.accounts.queries.people import Person
from trackeep.accounts.service import letters, links, passwords, people, second_factor, sessions
from trackeep.accounts.service.people import NewPerson
from trackeep.core import audit, clock, db, versions
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid, NotFound
from trackeep.core.i18n import gettext as _
from trackeep.core.paging import Page
from trackeep.core.passwords import hash_password


@dataclass(frozen=True, slots=True)
class Made:
    """A new account and the one-time password to hand over; it is known only now."""

    id: int
    password: str


def list_people(actor: Actor, *, text: str = "", cursor: str | None = None, limit: int = 50) -> Page[Person]:
    return reads.people(actor, text=text, cursor=cursor, limit=limit)


def one_person(actor: Actor, user_id: int) -> Person:
    """Raises NotFound."""
    return reads.person(actor, user_id)


def create_person(actor: Actor, *, username: str, email: str, name: str = "", role: str = "user") -> Made:
    """An account with a password that must be replaced at the first sign-in; raises Invalid. Another administrator
    needs the password again, as the change of a role does."""
    require_administration(actor)
    if role == "admin" and not actor.is_system:
        sessions.require_recent_password(actor)
    person = NewPerson(username=username, email=email, name=name, password=codes.new_one_time_password())
    people.check(person)
    password_hash = hash_password(person.password)
    with db.unit_of_work():
        user_id = people.create(actor, person, password_hash, role=role, temporary=True)
    return Made(user_id, person.password)


def disable_person(actor: Actor, user_id: int) -> None:
    """They are signed out at once, and neither password nor token opens anything. Raises LastAdministrator."""
    actor.require_admin()
    with db.unit_of_work():
        keep_an_administrator(without=user_id)
        _change(user_id, disabled_at=clock.now())
        sessions.end_sessions(user_id)
        audit.record(actor, "accounts.person_disabled", person_id=user_id)
        signals.user_disabled.announce(user_id=user_id)


def enable_person(actor: Actor, user_id: int) -> None:
    actor.require_admin()
    with db.unit_of_work():
        _change(user_id, disabled_at=None)
        versions.raise_versions(versions.user_scope(user_id))
        audit.record(actor, "accounts.person_enabled", person_id=user_id)


def change_person_role(actor: Actor, user_id: int, *, role: str) -> None:
    """Their sessions end, for what they may do has changed. Needs the password again; raises LastAdministrator."""
    actor.require_admin()
    sessions.require_recent_password(actor)
    if role not in ("user", "admin"):
        raise Invalid(fields={"role": [_("There is no such role.")]})
    with db.unit_of_work():
        if role != "admin":
            keep_an_administrator(without=user_id)
        _change(user_id, role=role)
        sessions.end_sessions(user_id, keep=actor.session_id)
        audit.record(actor, "accounts.role_changed", person_id=user_id, role=role)
        signals.role_changed.announce(user_id=user_id)


def make_reset_link(actor: Actor, user_id: int) -> str:
    """A link to hand over, with which the person chooses a new password; also sent to them. Needs the administrator's
    own password again."""
    actor.require_admin()
    sessions.require_recent_password(actor)
    found = reads.credential_of(user_id)
    if found is None:
        raise NotFound()
    with db.unit_of_work():
        secret = links.new_link(user_id, links.RESET)
        letters.send_reset(found.email, secret)
        audit.record(actor, "accounts.reset_link_made", person_id=user_id)
    return letters.reset_url(secret)


def remove_second_factor(actor: Actor, user_id: int) -> None:
    """For somebody who has lost their authenticator and the backup codes. Needs the password again."""
    actor.require_admin()
    sessions.require_recent_password(actor)
    reads.person(actor, user_id)
    with db.unit_of_work():
        second_factor.forget(user_id)
        audit.record(actor, "accounts.second_factor_removed", person_id=user_id)


def end_person_sessions(actor: Actor, user_id: int) -> None:
    actor.require_admin()
    reads.person(actor, user_id)
    with db.unit_of_work():
        sessions.end_sessions(user_id)
        audit.record(actor, "accounts.person_signed_out", person_id=user_id)


def switch_registration(actor: Actor, *, mode: str) -> None:
    """Open, by invitation, or closed; from now on this decides, not the setting. Raises Invalid."""
    actor.require_admin()
    if mode not in people.REGISTRATION_MODES:
        raise Invalid(fields={"mode": [_("There is no such mode.")]})
    values = {"value": mode, "changed_at": clock.now(), "changed_by": actor.user_id}
    with db.unit_of_work() as session:
        session.execute(
            db.upsert(InstanceSetting)
            .values(name=people.REGISTRATION, **values)
            .on_conflict_do_update(index_elements=[InstanceSetting.name], set_=values)
        )
        audit.record(actor, "accounts.registration_switched", mode=mode)


def set_one_time_password(actor: Actor, *, login: str, keep_second_factor: bool = True) -> str:
    """For the command line: a one-time password for somebody who is locked out; raises NotFound."""
    require_administration(actor)
    found = reads.credential_of_login(login)
    if found is None:
        raise NotFound(_("Nobody has this name or address."))
    password = codes.new_one_time_password()
    new_hash = hash_password(password)
    with db.unit_of_work():
        passwords.store(found.id, new_hash, temporary=True)
        if not keep_second_factor:
            second_factor.forget(found.id)
        audit.record(actor, "accounts.one_time_password_set", person_id=found.id)
    return password


def keep_an_administrator(*, without: int) -> None:
    """Inside a unit of work: lock the administrators' rows, so that two of them cannot go at once; raises
    LastAdministrator when nobody else would be left."""
    enabled = select(User.id).where(User.role == "admin", User.disabled_at.is_(None)).order_by(User.id)
    administrators = set(db.session().scalars(enabled.with_for_update()))
    if administrators == {without}:
        raise LastAdministrator()


def require_administration(actor: Actor) -> None:
    """An administrator, or somebody at the server's own command line."""
    if not actor.is_system:
        actor.require_admin()


def _change(user_id: int, **values: object) -> None:
    """Raises NotFound."""
    change = update(User).where(User.id == user_id).values(**values).returning(User.id)
    if db.session().execute(change.execution_options(synchronize_session=False)).first() is None:
        raise NotFound()
