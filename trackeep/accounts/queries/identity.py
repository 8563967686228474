"""The one query behind every request: a session or a token, its person, and the person's roles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, or_, select

from trackeep.accounts.login import Stage
from trackeep.accounts.models import ApiToken, SignIn, User
from trackeep.core import db
from trackeep.core.actor import Actor, Role
from trackeep.spaces import service as spaces

_roles = spaces.memberships()
_PERSON = (
    User.id.label("user_id"),
    User.role.label("person_role"),
    User.locale,
    User.time_zone,
    _roles.c.space_id,
    _roles.c.role.label("space_role"),
    _roles.c.is_personal,
)


def _with_person(statement: Select[Any], owner: Any) -> Select[Any]:
    enabled = statement.join(User, User.id == owner).where(User.disabled_at.is_(None))
    return enabled.outerjoin(_roles, _roles.c.user_id == User.id)


_SESSION = (SignIn.id, SignIn.last_active_at, SignIn.ends_at, SignIn.remembered)

# Built once: putting a statement together costs more than running this one.
_BY_SESSION = _with_person(select(*_SESSION, *_PERSON), SignIn.user_id).where(
    SignIn.token_hash == bindparam("token_hash"),
    SignIn.stage == Stage.FULL.value,
    SignIn.expires_at > bindparam("now", type_=db.UtcDateTime()),
)
_BY_TOKEN = _with_person(select(ApiToken.id, ApiToken.last_used_at, ApiToken.scopes, *_PERSON), ApiToken.user_id).where(
    ApiToken.token_hash == bindparam("token_hash"),
    or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > bindparam("now", type_=db.UtcDateTime())),
)

_BY_PERSON = (
    select(*_PERSON)
    .where(User.id == bindparam("user_id"), User.disabled_at.is_(None))
    .outerjoin(_roles, _roles.c.user_id == User.id)
)


@dataclass(frozen=True, slots=True)
class Identified:
    """Who a session or a token belongs to, and when it was last seen."""

    id: int
    actor: Actor
    seen_at: datetime | None
    remembered: bool = False
    ends_at: datetime | None = None


def by_session(token_hash: str, now: datetime, address: str, user_agent: str) -> Identified | None:
    """None unless the session is complete, not expired, and its person is not disabled."""
    rows = db.rows(_BY_SESSION, {"token_hash": token_hash, "now": now})
    if not rows:
        return None
    actor = _actor(rows, address, user_agent, session_id=rows[0].id, scopes=None)
    row = rows[0]
    return Identified(row.id, actor, row.last_active_at, row.remembered, row.ends_at)


def by_token(token_hash: str, now: datetime, address: str, user_agent: str) -> Identified | None:
    rows = db.rows(_BY_TOKEN, {"token_hash": token_hash, "now": now})
    if not rows:
        return None
    actor = _actor(rows, address, user_agent, session_id=None, scopes=frozenset(rows[0].scopes.split()))
    return Identified(rows[0].id, actor, rows[0].last_used_at)


def actor_of(user_id: int) -> Actor | None:
    """The actor of a person for a job that acts for them; None when they are disabled or gone."""
    rows = db.rows(_BY_PERSON, {"user_id": user_id})
    return _actor(rows, "", "", session_id=None, scopes=None) if rows else None


def _actor(
    rows: Sequence[Row[Any]], address: str, user_agent: str, *, session_id: int | None, scopes: frozenset[str] | None
) -> Actor:
    person = rows[0]
    return Actor(
        user_id=person.user_id,
        is_admin=person.person_role == "admin",
        roles={row.space_id: Role(row.space_role) for row in rows if row.space_id is not None},
        personal_space_id=next((row.space_id for row in rows if row.is_personal), None),
        scopes=scopes,
        session_id=session_id,
        locale=person.locale,
        time_zone=person.time_zone,
        address=address,
        user_agent=user_agent,
    )
