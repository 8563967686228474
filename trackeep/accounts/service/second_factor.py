"""The second factor: codes of an authenticator, each accepted once, and backup codes."""

from dataclasses import dataclass

from sqlalchemy import delete, insert, or_, select, update

from trackeep.accounts import policy
from trackeep.accounts.models import BackupCode, User
from trackeep.accounts.queries import belongings, people
from trackeep.accounts.queries.people import Credential
from trackeep.accounts.service import sessions, throttle
from trackeep.core import audit, clock, db, ext, totp, versions
from trackeep.core.actor import Actor
from trackeep.core.errors import Conflict, Invalid, NotFound
from trackeep.core.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class SetUp:
    """What an authenticator needs: the secret as text, its address, and the address as a picture."""

    secret: str
    uri: str
    picture: str


def begin_second_factor(actor: Actor) -> SetUp:
    """A new secret, kept aside until a first code proves that the authenticator has it. Needs the password again;
    raises Conflict when there is a second factor already."""
    sessions.require_recent_password(actor)
    profile = people.profile_of(actor.require_user())
    if profile.has_second_factor:
        raise Conflict(_("The second factor is on already. Turn it off first to use another authenticator."))
    secret = totp.new_secret()
    with db.unit_of_work():
        _change(profile.id, totp_pending=ext.keyring().seal(secret, _purpose(profile.id)))
    return _set_up(secret, profile.email)


def pending_second_factor(actor: Actor) -> SetUp:
    """The set-up that was begun; needs the password again, raises NotFound."""
    sessions.require_recent_password(actor)
    user_id = actor.require_user()
    pending = db.session().scalar(select(User.totp_pending).where(User.id == user_id))
    if pending is None:
        raise NotFound()
    return _set_up(_opened(user_id, pending), people.profile_of(user_id).email)


def confirm_second_factor(actor: Actor, *, code: str) -> list[str]:
    """Turn the second factor on with a first code; answers the backup codes, which are shown this once.
    Raises Invalid, TooMany, or PasswordNeeded."""
    sessions.require_recent_password(actor)
    user_id = actor.require_user()
    limits = throttle.for_password("second-factor", str(user_id), actor.address)
    throttle.count_guess(limits)
    with db.unit_of_work() as session:
        held = select(User.totp_pending).where(User.id == user_id, User.totp_secret.is_(None)).with_for_update()
        pending = session.scalar(held)
        step = totp.verify(_opened(user_id, pending), code, None) if pending else None
        if step is None:
            raise Invalid(fields={"code": [_("This is not the code that the authenticator shows for this secret.")]})
        throttle.give_back(limits)
        _change(user_id, totp_secret=pending, totp_pending=None, totp_last_step=step)
        versions.raise_versions(versions.user_scope(user_id))
        audit.record(actor, "accounts.second_factor_on")
        return _replace_backup_codes(user_id)


def turn_off_second_factor(actor: Actor) -> None:
    """Needs the password again."""
    sessions.require_recent_password(actor)
    user_id = actor.require_user()
    with db.unit_of_work():
        forget(user_id)
        audit.record(actor, "accounts.second_factor_off")


def forget(user_id: int) -> None:
    """Inside a unit of work: no second factor any more."""
    _change(user_id, totp_secret=None, totp_pending=None, totp_last_step=None)
    db.session().execute(delete(BackupCode).where(BackupCode.user_id == user_id))
    versions.raise_versions(versions.user_scope(user_id))


def renew_backup_codes(actor: Actor) -> list[str]:
    """Ten new codes, shown this once; the old ones are worth nothing any more. Needs the password again."""
    sessions.require_recent_password(actor)
    user_id = actor.require_user()
    if not people.profile_of(user_id).has_second_factor:
        raise NotFound()
    with db.unit_of_work():
        audit.record(actor, "accounts.backup_codes_renewed")
        return _replace_backup_codes(user_id)


def unused_backup_codes(actor: Actor) -> int:
    policy.require_session(actor)
    return belongings.unused_backup_codes(actor.require_user())


def accept_code(found: Credential, code: str) -> bool:
    """Inside a unit of work: whether the code is good. What was accepted is used up in the same transaction: a step
    by one update that only goes forward, a backup code by one update of its unused row."""
    if found.totp_secret is None:
        return False
    step = totp.verify(_opened(found.id, found.totp_secret), code, None)
    return _accept_step(found.id, step) if step is not None else _accept_backup_code(found.id, code)


def _set_up(secret: str, account: str) -> SetUp:
    uri = totp.provisioning_uri(secret, account)
    return SetUp(secret, uri, totp.qr_svg(uri))


def _accept_step(user_id: int, step: int) -> bool:
    forward = or_(User.totp_last_step.is_(None), User.totp_last_step < step)
    changed = update(User).where(User.id == user_id, forward).values(totp_last_step=step).returning(User.id)
    return db.session().execute(changed.execution_options(synchronize_session=False)).first() is not None


def _accept_backup_code(user_id: int, code: str) -> bool:
    used = (
        update(BackupCode)
        .where(
            BackupCode.user_id == user_id,
            BackupCode.code_hash == totp.hash_backup_code(code),
            BackupCode.used_at.is_(None),
        )
        .values(used_at=clock.now())
        .returning(BackupCode.id)
        .execution_options(synchronize_session=False)
    )
    return db.session().execute(used).first() is not None


def reseal_secrets() -> int:
    """Seal all secrets with the newest key of the ring; answers how many there are. Raises CannotOpen, and changes
    nothing, when the key of one is no longer on the ring."""
    with db.unit_of_work() as session:
        sealed = or_(User.totp_secret.is_not(None), User.totp_pending.is_not(None))
        rows = session.execute(
            select(User.id, User.totp_secret, User.totp_pending).where(sealed).with_for_update()
        ).all()
        for row in rows:
            _change(
                row.id, totp_secret=_resealed(row.id, row.totp_secret), totp_pending=_resealed(row.id, row.totp_pending)
            )
    return len(rows)


def _resealed(user_id: int, sealed: str | None) -> str | None:
    return ext.keyring().rotate(sealed, _purpose(user_id)) if sealed else None


def _replace_backup_codes(user_id: int) -> list[str]:
    codes = totp.new_backup_codes()
    session = db.session()
    session.execute(delete(BackupCode).where(BackupCode.user_id == user_id))
    session.execute(
        insert(BackupCode), [{"user_id": user_id, "code_hash": totp.hash_backup_code(code)} for code in codes]
    )
    return codes


def _change(user_id: int, **values: object) -> None:
    change = update(User).where(User.id == user_id).values(**values)
    db.session().execute(change.execution_options(synchronize_session=False))


def _opened(user_id: int, sealed: str) -> str:
    return ext.keyring().open(sealed, _purpose(user_id))


def _purpose(user_id: int) -> str:
    return f"accounts.totp:{user_id}"
