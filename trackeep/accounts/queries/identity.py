"""Who a session or a token belongs to, with the person's roles: one query, whose answer is kept near and in Redis."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, bindparam, cast, func, literal, or_, select

from extensions.sessions import SessionCopies
from trackeep.accounts.login import Stage
from trackeep.accounts.models import ApiToken, SignIn, User
from trackeep.accounts.queries.people import credential_of_login
from trackeep.core import clock, db, ext, versions
from trackeep.core.actor import Actor, Role
from trackeep.core.versions import ScopeVersion
from trackeep.spaces import service as spaces

# More spaces than this are asked for when they are needed.
SPACES_ASKED = 16
LAST = "_last_actor"
FOREVER = 4_102_444_800.0  # the year 2100, in seconds since 1970

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
_VERSION = func.coalesce(ScopeVersion.number, 0).label("scope_version")


def _with_person(statement: Select[Any], owner: Any) -> Select[Any]:
    enabled = statement.join(User, User.id == owner).where(User.disabled_at.is_(None))
    return enabled.outerjoin(_roles, _roles.c.user_id == User.id)


def _with_version(statement: Select[Any]) -> Select[Any]:
    """The version of the person's scope at the very moment of the row, since one statement sees one state."""
    scope: ColumnElement[str] = literal(versions.USER) + cast(User.id, String)
    return statement.outerjoin(ScopeVersion, ScopeVersion.scope == scope)


# Built once: putting a statement together costs more than running this one.
_BY_SESSION = _with_version(
    _with_person(
        select(
            SignIn.id, SignIn.last_active_at, SignIn.expires_at, SignIn.ends_at, SignIn.remembered, *_PERSON, _VERSION
        ),
        SignIn.user_id,
    )
).where(
    SignIn.token_hash == bindparam("token_hash"),
    SignIn.stage == Stage.FULL.value,
    SignIn.expires_at > bindparam("now", type_=db.UtcDateTime()),
)
_BY_TOKEN = _with_version(
    _with_person(
        select(ApiToken.id, ApiToken.last_used_at, ApiToken.expires_at, ApiToken.scopes, *_PERSON, _VERSION),
        ApiToken.user_id,
    )
).where(
    ApiToken.token_hash == bindparam("token_hash"),
    or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > bindparam("now", type_=db.UtcDateTime())),
)

_BY_PERSON = (
    select(*_PERSON)
    .where(User.id == bindparam("user_id"), User.disabled_at.is_(None))
    .outerjoin(_roles, _roles.c.user_id == User.id)
)


@dataclass(frozen=True)
class Identity:
    """Who a session or a token belongs to, as it is kept: moments are seconds since 1970. ``scopes`` is None for a
    session; ``until`` is where a session ends at the latest, None for a token."""

    id: int
    user_id: int
    is_admin: bool
    roles: dict[int, Role]
    personal_space_id: int | None
    locale: str
    time_zone: str
    seen_at: float
    ends_at: float
    until: float | None = None
    remembered: bool = False
    scopes: frozenset[str] | None = field(default=None)

    @cached_property
    def depends_on(self) -> Sequence[str]:
        asked = list(self.roles)[:SPACES_ASKED]
        return [versions.user_scope(self.user_id), *(versions.space_scope(space_id) for space_id in asked)]

    def actor(self, address: str, user_agent: str) -> Actor:
        """The one made last serves again as long as it comes from the same browser: it cannot be changed."""
        last: Actor | None = self.__dict__.get(LAST)
        if last is None or last.address != address or last.user_agent != user_agent:
            last = self.__dict__[LAST] = self._new_actor(address, user_agent)
        return last

    def _new_actor(self, address: str, user_agent: str) -> Actor:
        return Actor(
            user_id=self.user_id,
            is_admin=self.is_admin,
            roles=self.roles,
            personal_space_id=self.personal_space_id,
            scopes=self.scopes,
            session_id=self.id if self.scopes is None else None,
            locale=self.locale,
            time_zone=self.time_zone,
            address=address,
            user_agent=user_agent,
        )


def sessions() -> SessionCopies[Identity]:
    """Complete sessions that have not ended and whose person is not disabled, by the hash of their secret."""
    return ext.session_copies("session", Identity, read_session)


def tokens() -> SessionCopies[Identity]:
    return ext.session_copies("token", Identity, read_token)


def read_session(token_hash: str) -> tuple[Identity, int] | None:
    """The session as SQL has it, with the version of its person's scope at that moment."""
    rows = db.rows(_BY_SESSION, {"token_hash": token_hash, "now": clock.now()})
    if not rows:
        return None
    row = rows[0]
    identity = Identity(
        **_person(rows),
        seen_at=row.last_active_at.timestamp(),
        ends_at=row.expires_at.timestamp(),
        until=row.ends_at.timestamp(),
        remembered=row.remembered,
    )
    return identity, row.scope_version


def read_token(token_hash: str) -> tuple[Identity, int] | None:
    rows = db.rows(_BY_TOKEN, {"token_hash": token_hash, "now": clock.now()})
    if not rows:
        return None
    row = rows[0]
    identity = Identity(
        **_person(rows),
        seen_at=_seconds(row.last_used_at) or 0.0,
        ends_at=_seconds(row.expires_at) or FOREVER,
        scopes=frozenset(row.scopes.split()),
    )
    return identity, row.scope_version


def actor_of(user_id: int) -> Actor | None:
    """The actor of a person for a job that acts for them; None when they are disabled or gone."""
    rows = db.rows(_BY_PERSON, {"user_id": user_id})
    if not rows:
        return None
    facts = _person(rows)
    return Actor(**{name: value for name, value in facts.items() if name != "id"})


def actor_named(login: str) -> Actor | None:
    """The same by user name or e-mail address."""
    found = credential_of_login(login)
    return None if found is None else actor_of(found.id)


def _person(rows: Sequence[Row[Any]]) -> dict[str, Any]:
    person = rows[0]
    return {
        "id": person._mapping.get("id", 0),
        "user_id": person.user_id,
        "is_admin": person.person_role == "admin",
        "roles": {row.space_id: Role(row.space_role) for row in rows if row.space_id is not None},
        "personal_space_id": next((row.space_id for row in rows if row.is_personal), None),
        "locale": person.locale,
        "time_zone": person.time_zone,
    }


def _seconds(moment: datetime | None) -> float | None:
    return None if moment is None else moment.timestamp()
