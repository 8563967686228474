"""New people: the first administrator, registration, and what administrators decided about it."""

from dataclasses import dataclass, replace

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from trackeep.accounts import names, signals
from trackeep.accounts.errors import AlreadySetUp, RegistrationClosed
from trackeep.accounts.models import InstanceSetting, User
from trackeep.accounts.preferences import known_zones
from trackeep.accounts.queries import belongings, people
from trackeep.accounts.service import passwords, signing, throttle
from trackeep.accounts.service.signing import SignedIn
from trackeep.core import audit, clock, db, ext
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.passwords import hash_password
from trackeep.spaces import service as spaces

FOUNDED = "founded"
REGISTRATION = "registration"
REGISTRATION_MODES = ("open", "invitation", "closed")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """What a person says about themselves when their account is made."""

    username: str
    email: str
    name: str = ""
    password: str
    time_zone: str = "UTC"


def is_set_up() -> bool:
    """Whether the first account was made."""
    return people.anybody()


def set_up(actor: Actor, person: NewPerson) -> SignedIn:
    """The first visitor becomes the administrator; raises AlreadySetUp for everybody who comes later."""
    if is_set_up():
        raise AlreadySetUp()
    check(person)
    password_hash = hash_password(person.password)
    with db.unit_of_work():
        _found()
        user_id = create(actor, person, password_hash, role="admin", confirmed=True)
        return signing.complete(actor, user_id)


def registration_mode() -> str:
    """The administrator's switch, else the setting."""
    return belongings.instance_setting(REGISTRATION) or ext.settings().registration


def registers_by_mail() -> bool:
    """Where letters are sent, a new account begins with a link to its address; so nobody learns which addresses have
    one. Without SMTP an open registration makes the account at once."""
    return bool(ext.settings().smtp_host)


def register(actor: Actor, person: NewPerson) -> SignedIn:
    """Make an account at once, while registration is open and no mail is sent. Raises RegistrationClosed, Invalid or
    TooMany."""
    if registration_mode() != "open" or registers_by_mail():
        raise RegistrationClosed()
    throttle.count_guess(throttle.by_address("register", actor.address))
    check(person)
    password_hash = hash_password(person.password)
    with db.unit_of_work():
        user_id = create(actor, person, password_hash)
        return signing.complete(actor, user_id)


def check(person: NewPerson) -> None:
    """Raises Invalid with the complaints of each field."""
    fields: dict[str, list[str]] = {}
    if wrong := complaints_about_username(person.username):
        fields["username"] = wrong
    if not names.is_email(person.email):
        fields["email"] = [_("This is not an e-mail address.")]
    if fields:
        raise Invalid(fields=fields)
    passwords.check_new(person.password, person.username, person.email, person.name)


def complaints_about_username(username: str) -> list[str]:
    if names.is_username(username):
        return []
    return [_("Please use 2 to 40 letters, digits, dots, dashes or underscores, beginning with a letter or digit.")]


def create(
    actor: Actor,
    person: NewPerson,
    password_hash: str,
    *,
    role: str = "user",
    confirmed: bool = False,
    temporary: bool = False,
) -> int:
    """Inside a unit of work: the person and their personal space. The database decides whether the name is taken;
    raises Invalid."""
    user_id = _insert(person, password_hash, role=role, confirmed=confirmed, temporary=temporary)
    spaces.create_personal_space(user_id, name=_("Personal"))
    maker = actor if actor.user_id is not None else replace(actor, user_id=user_id)
    audit.record(maker, "accounts.user_created", person_id=user_id, role=role)
    signals.user_created.announce(user_id=user_id)
    return user_id


def _insert(person: NewPerson, password_hash: str, *, role: str, confirmed: bool, temporary: bool) -> int:
    now = clock.now()
    row = {
        "username": person.username,
        "username_key": names.fold(person.username),
        "email": person.email,
        "email_key": names.fold(person.email),
        "email_confirmed_at": now if confirmed else None,
        "name": person.name,
        "role": role,
        "created_at": now,
        "password_hash": password_hash,
        "password_temporary": temporary,
        "time_zone": person.time_zone if person.time_zone in known_zones() else "UTC",
    }
    try:
        return db.session().scalars(insert(User).returning(User.id), [row]).one()
    except IntegrityError as error:
        raise Invalid(fields=taken(error)) from error


def taken(error: IntegrityError) -> dict[str, list[str]]:
    """The complaint about a unique name."""
    if "username_key" in str(error.orig):
        return {"username": [_("This user name is taken. Please choose another one.")]}
    return {"email": [_("This address cannot be used. Perhaps you have an account already: try to sign in.")]}


def _found() -> None:
    """Of two first visitors the database lets one through."""
    try:
        db.session().execute(
            insert(InstanceSetting).values(name=FOUNDED, value="yes", changed_at=clock.now(), changed_by=None)
        )
    except IntegrityError as error:
        raise AlreadySetUp() from error
