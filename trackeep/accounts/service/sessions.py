"""Sessions in SQL behind one small interface: start, advance, renew, identify, list, end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, delete, insert, update

from extensions.sessions import SessionCopies
from trackeep.accounts import agents, policy, signals
from trackeep.accounts.login import Stage
from trackeep.accounts.models import ApiToken, SignIn
from trackeep.accounts.queries import belongings, identity
from trackeep.accounts.queries.belongings import SessionSummary
from trackeep.accounts.queries.identity import Identity
from trackeep.core import audit, clock, db, keyring, versions
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.slots import Credentials

IDLE = timedelta(hours=24)
IDLE_REMEMBERED = timedelta(days=30)
ABSOLUTE = timedelta(days=90)
UNFINISHED = timedelta(minutes=10)
SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Started:
    """A session whose secret the browser must be given. ``max_age`` in seconds; None ends it with the browser."""

    token: str
    stage: Stage
    user_id: int
    max_age: int | None


def identify(credentials: Credentials) -> Actor:
    """Who is asking; nobody when the cookie or token is missing or no longer good. A request with a bearer token never
    takes the cookie."""
    nobody = Actor(address=credentials.address, user_agent=credentials.user_agent)
    is_token = credentials.bearer is not None
    secret = credentials.bearer if is_token else credentials.cookie
    if not secret:
        return nobody
    token_hash = keyring.hash_token(secret)
    copies = identity.tokens() if is_token else identity.sessions()
    found = copies.find(token_hash, exact=credentials.exact)
    if found is None:
        return nobody
    is_late = clock.now().timestamp() - found.seen_at >= SEEN_EVERY.total_seconds()
    if is_late and not _mark_seen(copies, token_hash, found, credentials.address):
        return nobody
    return found.actor(credentials.address, credentials.user_agent)


def start(actor: Actor, user_id: int, *, stage: Stage, remember: bool) -> Started:
    """Begin a session inside the open unit of work; ``actor`` tells address and agent."""
    token, now = keyring.new_token(), clock.now()
    lifetime = _idle(remember) if stage is Stage.FULL else UNFINISHED
    db.session().execute(
        insert(SignIn).values(
            token_hash=keyring.hash_token(token),
            user_id=user_id,
            stage=stage.value,
            remembered=remember,
            device=agents.describe(actor.user_agent)[:80],
            address=actor.address[:64],
            created_at=now,
            last_active_at=now,
            expires_at=now + lifetime,
            ends_at=now + ABSOLUTE,
            password_at=now,
        )
    )
    return Started(token, stage, user_id, _max_age(stage, remember))


def advance(pending: belongings.Pending, stage: Stage) -> Started | None:
    """Give a waiting session its next stage and a new id; None when it is no longer waiting."""
    now = clock.now()
    lifetime = _idle(pending.remembered) if stage is Stage.FULL else UNFINISHED
    waiting = (SignIn.id == pending.session_id) & (SignIn.stage == pending.stage.value) & (SignIn.expires_at > now)
    token = _renew(waiting, stage=stage.value, expires_at=now + lifetime, last_active_at=now)
    if token is None:
        return None
    return Started(token, stage, pending.user_id, _max_age(stage, pending.remembered))


def renew(actor: Actor) -> Started:
    """A new id for the actor's session, whose password was just given; raises NotFound when it has ended."""
    session_id = policy.require_session(actor)
    token = _renew(SignIn.id == session_id, password_at=clock.now())
    if token is None:
        raise NotFound()
    remembered = db.session().get_one(SignIn, session_id).remembered
    return Started(token, Stage.FULL, actor.require_user(), _max_age(Stage.FULL, remembered))


def discard(token: str) -> None:
    """Inside a unit of work: end the session that a new sign-in replaces."""
    gone = delete(SignIn).where(SignIn.token_hash == keyring.hash_token(token)).returning(SignIn.user_id)
    versions.raise_versions(*map(versions.user_scope, db.session().scalars(gone)))


def sign_out(actor: Actor) -> None:
    """End the session of this request."""
    session_id = policy.require_session(actor)
    with db.unit_of_work():
        end_sessions(actor.require_user(), only=session_id)
        audit.record(actor, "accounts.signed_out")


def sign_out_everywhere(actor: Actor) -> None:
    policy.require_session(actor)
    with db.unit_of_work():
        end_sessions(actor.require_user())
        audit.record(actor, "accounts.signed_out_everywhere")


def end_session(actor: Actor, session_id: int) -> None:
    """Revoke one of the actor's own sessions; raises NotFound."""
    policy.require_session(actor)
    with db.unit_of_work():
        if not end_sessions(actor.require_user(), only=session_id):
            raise NotFound()
        audit.record(actor, "accounts.session_ended", session_id=session_id)


def own_sessions(actor: Actor) -> Sequence[SessionSummary]:
    policy.require_session(actor)
    return belongings.sessions_of(actor.require_user(), actor.session_id)


def end_sessions(user_id: int, *, keep: int | None = None, only: int | None = None) -> int:
    """Inside a unit of work: delete the sessions and raise the person's version together; answers how many."""
    condition = SignIn.user_id == user_id
    if keep is not None:
        condition &= SignIn.id != keep
    if only is not None:
        condition &= SignIn.id == only
    ended = db.session().scalars(delete(SignIn).where(condition).returning(SignIn.id)).all()
    versions.raise_versions(versions.user_scope(user_id))
    signals.sessions_ended.announce(user_id=user_id, session_ids=list(ended))
    return len(ended)


def require_recent_password(actor: Actor) -> None:
    """Raises PasswordNeeded unless this session's password was given within the last minutes."""
    given_at = belongings.password_given_at(policy.require_session(actor))
    policy.require_recent(given_at, clock.now())


def forget_expired() -> None:
    with db.unit_of_work() as session:
        session.execute(delete(SignIn).where(SignIn.expires_at <= clock.now()))


def _mark_seen(copies: SessionCopies[Identity], token_hash: str, found: Identity, address: str) -> bool:
    """Only where the row is still there, which is answered: a late request cannot bring an ended session back."""
    now = clock.now()
    if found.until is None:
        row = (ApiToken.id == found.id, ApiToken.token_hash == token_hash)
        seen = update(ApiToken).where(*row).values(last_used_at=now, last_address=address[:64])
        ends_at = found.ends_at
    else:
        until = min(now + _idle(found.remembered), datetime.fromtimestamp(found.until, UTC))
        facts = {"last_active_at": now, "expires_at": until, "address": address[:64]}
        seen = update(SignIn).where(SignIn.id == found.id, SignIn.token_hash == token_hash).values(**facts)
        ends_at = until.timestamp()
    with db.unit_of_work() as session:
        is_there = bool(session.execute(seen.execution_options(synchronize_session=False)).rowcount)  # type: ignore[attr-defined]  # an update has it
    if is_there:
        copies.change(token_hash, found, replace(found, seen_at=now.timestamp(), ends_at=ends_at))
    else:
        copies.forget(token_hash)
    return is_there


def _renew(condition: ColumnElement[bool], **values: object) -> str | None:
    """Give the session another secret; the one before opens nothing any more, also where a copy is kept."""
    token = keyring.new_token()
    owner = db.session().scalar(
        update(SignIn)
        .where(condition)
        .values(token_hash=keyring.hash_token(token), **values)
        .returning(SignIn.user_id)
        .execution_options(synchronize_session=False)
    )
    if owner is None:
        return None
    versions.raise_versions(versions.user_scope(owner))
    return token


def _idle(remember: bool) -> timedelta:
    return IDLE_REMEMBERED if remember else IDLE


def _max_age(stage: Stage, remember: bool) -> int | None:
    return int(ABSOLUTE.total_seconds()) if remember and stage is Stage.FULL else None
