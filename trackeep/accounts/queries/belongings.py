"""Reads of what belongs to a person: sessions, tokens, backup codes; and the open invitations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from trackeep.accounts.login import Stage
from trackeep.accounts.models import ApiToken, BackupCode, InstanceSetting, Invitation, SignIn
from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.paging import Page, bounded_limit, decode_cursor, encode_cursor


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """A signed-in browser as its person sees it."""

    id: int
    device: str
    address: str
    created_at: datetime
    last_active_at: datetime
    remembered: bool
    is_current: bool


@dataclass(frozen=True, slots=True)
class TokenSummary:
    """An API token without its value."""

    id: int
    name: str
    scopes: Sequence[str]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    last_address: str


@dataclass(frozen=True, slots=True)
class InvitationSummary:
    """An invitation without its link; ``state`` says 'expired' once its time is over."""

    id: int
    email: str
    role: str
    state: str
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Pending:
    """A sign-in that still needs a proof."""

    session_id: int
    user_id: int
    stage: Stage
    remembered: bool


def pending_sign_in(token_hash: str) -> Pending | None:
    columns = (SignIn.id, SignIn.user_id, SignIn.stage, SignIn.remembered)
    waiting = select(*columns).where(
        SignIn.token_hash == token_hash, SignIn.stage != Stage.FULL.value, SignIn.expires_at > clock.now()
    )
    row = db.session().execute(waiting).first()
    return None if row is None else Pending(row.id, row.user_id, Stage(row.stage), row.remembered)


def sessions_of(user_id: int, current: int | None) -> Sequence[SessionSummary]:
    """The complete sessions that are still good, the latest used first."""
    good = (
        select(SignIn)
        .where(SignIn.user_id == user_id, SignIn.stage == Stage.FULL.value, SignIn.expires_at > clock.now())
        .order_by(SignIn.last_active_at.desc(), SignIn.id.desc())
        .execution_options(populate_existing=True)
    )
    return [
        SessionSummary(
            id=row.id,
            device=row.device,
            address=row.address,
            created_at=row.created_at,
            last_active_at=row.last_active_at,
            remembered=row.remembered,
            is_current=row.id == current,
        )
        for row in db.session().scalars(good)
    ]


def password_given_at(session_id: int) -> datetime | None:
    return db.session().scalar(select(SignIn.password_at).where(SignIn.id == session_id))


def unused_backup_codes(user_id: int) -> int:
    unused = select(func.count()).where(BackupCode.user_id == user_id, BackupCode.used_at.is_(None))
    return db.session().scalar(unused) or 0


def api_tokens(actor: Actor) -> Sequence[TokenSummary]:
    """The actor's own, the newest first."""
    columns = (
        ApiToken.id, ApiToken.name, ApiToken.scopes, ApiToken.created_at, ApiToken.expires_at, ApiToken.last_used_at,
        ApiToken.last_address,
    )  # fmt: skip
    mine = select(*columns).where(ApiToken.user_id == actor.require_user()).order_by(ApiToken.id.desc())
    return [TokenSummary(**{**row._mapping, "scopes": tuple(row.scopes.split())}) for row in db.session().execute(mine)]


def invitations(actor: Actor, *, cursor: str | None = None, limit: int = 50) -> Page[InvitationSummary]:
    """Those that administrators sent, the newest first."""
    actor.require_admin()
    statement = (
        select(Invitation.id, Invitation.email, Invitation.role, Invitation.state, Invitation.created_at,
               Invitation.expires_at)
        .where(Invitation.invited_by.is_not(None))
        .order_by(Invitation.id.desc())
        .limit(bounded_limit(limit) + 1)
    )  # fmt: skip
    if cursor:
        (before,) = decode_cursor(cursor, (int,))
        statement = statement.where(Invitation.id < before)
    rows = db.session().execute(statement).all()
    shown = rows[: bounded_limit(limit)]
    now = clock.now()
    items = [InvitationSummary(**{**row._mapping, "state": _state(row.state, row.expires_at, now)}) for row in shown]
    return Page(items, encode_cursor(shown[-1].id) if len(rows) > len(shown) else None)


def instance_setting(name: str) -> str | None:
    return db.session().scalar(select(InstanceSetting.value).where(InstanceSetting.name == name))


def _state(state: str, expires_at: datetime, now: datetime) -> str:
    return "expired" if state == "pending" and expires_at <= now else state
