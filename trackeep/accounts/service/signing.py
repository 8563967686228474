"""Signing in: the password, then whatever proof is still missing; no other way leads to a complete session."""

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import select, update

from trackeep.accounts import devices, signals
from trackeep.accounts.devices import Device
from trackeep.accounts.errors import AccountDisabled, SignInExpired, WrongCode, WrongCredentials
from trackeep.accounts.login import Stage, next_stage
from trackeep.accounts.models import User
from trackeep.accounts.names import fold
from trackeep.accounts.queries import belongings, people
from trackeep.accounts.queries.belongings import Pending
from trackeep.accounts.queries.people import Credential
from trackeep.accounts.service import passwords, second_factor, sessions, throttle
from trackeep.accounts.service.sessions import Started
from trackeep.core import audit, db, ext, keyring
from trackeep.core.actor import Actor
from trackeep.core.passwords import hash_password, needs_rehash, verify_password

DEVICE_PURPOSE = "device"
DEVICE_LIFETIME = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What the browser must be given: the session's secret and the known-device mark (only with a complete session)."""

    started: Started
    device: str | None

    @property
    def stage(self) -> Stage:
        return self.started.stage


def sign_in(
    actor: Actor,
    *,
    login: str,
    password: str,
    remember: bool = False,
    device: str | None = None,
    replaces: str | None = None,
) -> SignedIn:
    """Check the password and begin a session. ``device`` is the browser's known-device mark, ``replaces`` the secret of
    the session it had. Raises TooMany, WrongCredentials or AccountDisabled."""
    found = people.credential_of_login(login)
    known = read_device(device)
    limits = throttle.for_sign_in(found.id if found else None, fold(login), actor.address, known)
    counts = throttle.count_guess(limits)
    right = verify_password(found.password_hash if found else None, password)
    if found is None or not right or not counts:
        _record_failure(actor, found.id if found else None, "accounts.sign_in_failed")
        raise WrongCredentials()
    if found.disabled_at is not None:
        _record_failure(actor, found.id, "accounts.sign_in_refused")
        raise AccountDisabled()
    fresh_hash = hash_password(password) if needs_rehash(found.password_hash) else None
    with db.unit_of_work():
        _hold(found, fresh_hash)
        throttle.give_back(limits)
        if replaces:
            sessions.discard(replaces)
        started = sessions.start(actor, found.id, stage=_first_stage(found), remember=remember)
        return _given(actor, started, known)


def pending_sign_in(token: str | None) -> Pending:
    """The sign-in that waits for a proof; raises SignInExpired."""
    pending = belongings.pending_sign_in(keyring.hash_token(token)) if token else None
    if pending is None:
        raise SignInExpired()
    return pending


def give_second_factor(actor: Actor, *, token: str | None, code: str, device: str | None = None) -> SignedIn:
    """Check a code of the authenticator or a backup code. Raises SignInExpired, TooMany or WrongCode."""
    pending, found = _waiting(token, Stage.SECOND_FACTOR)
    known = read_device(device)
    limits = throttle.for_password(
        "second-factor", str(found.id), actor.address, known if known.knows(found.id) else None
    )
    throttle.count_guess(limits)
    with db.unit_of_work():
        if second_factor.accept_code(found, code):
            throttle.give_back(limits)
            return _go_on(actor, pending, found, known)
    _record_failure(actor, found.id, "accounts.second_factor_failed")
    raise WrongCode()


def give_new_password(actor: Actor, *, token: str | None, password: str, device: str | None = None) -> SignedIn:
    """Replace a one-time password; raises SignInExpired or Invalid."""
    pending, found = _waiting(token, Stage.NEW_PASSWORD)
    passwords.check_new(password, found.username, found.email, found.name, current=found.password_hash)
    new_hash = hash_password(password)
    with db.unit_of_work():
        passwords.store(found.id, new_hash, keep_session=pending.session_id)
        audit.record(replace(actor, user_id=found.id), "accounts.password_changed")
        return _go_on(actor, pending, found, read_device(device))


def read_device(mark: str | None) -> Device:
    age = DEVICE_LIFETIME.total_seconds()
    return devices.from_payload(ext.keyring().verify(mark, DEVICE_PURPOSE, age) if mark else None)


def complete(actor: Actor, user_id: int, *, remember: bool = False) -> SignedIn:
    """Inside a unit of work: sign in the person whose account was just made."""
    started = sessions.start(actor, user_id, stage=Stage.FULL, remember=remember)
    return _given(actor, started, Device())


def _waiting(token: str | None, stage: Stage) -> tuple[Pending, Credential]:
    pending = pending_sign_in(token)
    found = people.credential_of(pending.user_id)
    if pending.stage is not stage or found is None or found.disabled_at is not None:
        raise SignInExpired()
    return pending, found


def _go_on(actor: Actor, pending: Pending, found: Credential, device: Device) -> SignedIn:
    stage = next_stage(pending.stage, second_factor=True, temporary_password=found.password_temporary)
    started = sessions.advance(pending, stage)
    if started is None:
        raise SignInExpired()
    return _given(actor, started, device)


def _first_stage(found: Credential) -> Stage:
    return next_stage(None, second_factor=found.totp_secret is not None, temporary_password=found.password_temporary)


def _hold(found: Credential, fresh_hash: str | None) -> None:
    """Lock the person's row and make sure that nothing changed since the password was checked."""
    session = db.session()
    held = select(User.password_hash, User.disabled_at).where(User.id == found.id).with_for_update()
    row = session.execute(held).first()
    if row is None or row.disabled_at is not None or row.password_hash != found.password_hash:
        raise WrongCredentials()
    if fresh_hash:
        session.execute(update(User).where(User.id == found.id).values(password_hash=fresh_hash))


def _given(actor: Actor, started: Started, device: Device) -> SignedIn:
    person = replace(actor, user_id=started.user_id)
    if started.stage is not Stage.FULL:
        audit.record(person, "accounts.password_accepted", next=started.stage.value)
        return SignedIn(started, None)
    audit.record(person, "accounts.signed_in")
    signals.signed_in.announce(user_id=started.user_id)
    mark = ext.keyring().sign(device.with_person(started.user_id).payload(), DEVICE_PURPOSE)
    return SignedIn(started, mark)


def _record_failure(actor: Actor, user_id: int | None, event: str) -> None:
    with db.unit_of_work():
        audit.record(replace(actor, user_id=user_id), event)
