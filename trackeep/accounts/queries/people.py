"""Reads of people: by name, address or number, and the administrator's list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select

from trackeep.accounts.models import SignIn, User
from trackeep.accounts.names import fold
from trackeep.accounts.preferences import Preferences
from trackeep.core import cache, clock, db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.paging import Page, bounded_limit, decode_cursor, encode_cursor
from trackeep.core.slots import Handle


@dataclass(frozen=True, slots=True)
class Credential:
    """What a sign-in is checked against."""

    id: int
    username: str
    email: str
    name: str
    password_hash: str
    password_temporary: bool
    disabled_at: datetime | None
    totp_secret: str | None


@dataclass(frozen=True, slots=True)
class Profile:
    """A person as they see themselves."""

    id: int
    username: str
    email: str
    email_confirmed_at: datetime | None
    name: str
    bio: str
    avatar_key: str | None
    role: str
    created_at: datetime
    locale: str
    time_zone: str
    preferences: Preferences
    has_second_factor: bool

    @property
    def shown_name(self) -> str:
        return self.name or self.username


@dataclass(frozen=True, slots=True)
class Person:
    """A row of the administrator's list."""

    id: int
    username: str
    email: str
    name: str
    role: str
    created_at: datetime
    disabled_at: datetime | None
    has_second_factor: bool
    sessions: int
    last_active_at: datetime | None


def anybody() -> bool:
    """Whether there is an account at all."""
    return db.session().scalar(select(User.id).limit(1)) is not None


def credential_of_login(login: str) -> Credential | None:
    """By e-mail address or user name; a user name holds no '@', so the two cannot be confused."""
    key = fold(login)
    column = User.email_key if "@" in key else User.username_key
    return _credential(column == key)


def credential_of(user_id: int) -> Credential | None:
    return _credential(User.id == user_id)


# Asked for every page, so it is put together once.
_BY_ID = select(User.__table__).where(User.id == bindparam("user_id"))


PROFILE = cache.Resource("profile", Profile, ttl=900)


def profile_of(user_id: int) -> Profile:
    """Raises NotFound."""
    return cache.answer_of_user(PROFILE, user_id, (), lambda: _read_profile(user_id))


def _read_profile(user_id: int) -> Profile:
    found = db.rows(_BY_ID, {"user_id": user_id})
    if not found:
        raise NotFound()
    user = found[0]
    return Profile(
        id=user.id,
        username=user.username,
        email=user.email,
        email_confirmed_at=user.email_confirmed_at,
        name=user.name,
        bio=user.bio,
        avatar_key=user.avatar_key,
        role=user.role,
        created_at=user.created_at,
        locale=user.locale,
        time_zone=user.time_zone,
        preferences=Preferences.read(user.preferences),
        has_second_factor=user.totp_secret is not None,
    )


def avatar_key_of(user_id: int) -> str | None:
    return db.session().scalar(select(User.avatar_key).where(User.id == user_id))


def names_of(user_ids: Sequence[int]) -> Mapping[int, str]:
    """Shown names by id, for lists of other domains that name people."""
    rows = db.session().execute(select(User.id, User.name, User.username).where(User.id.in_(user_ids)))
    return {row.id: row.name or row.username for row in rows}


def handles_of(user_ids: Sequence[int]) -> Mapping[int, Handle]:
    """The same with user names, and whether each may still sign in."""
    columns = (User.id, User.username, User.name, User.disabled_at)
    rows = db.session().execute(select(*columns).where(User.id.in_(user_ids)))
    return {
        row.id: Handle(username=row.username, name=row.name or row.username, active=row.disabled_at is None)
        for row in rows
    }


def public_name(user_id: int) -> str:
    """The name that a person shows, never the one they sign in with; empty where they have none."""
    return db.session().scalar(select(User.name).where(User.id == user_id)) or ""


def people(actor: Actor, *, text: str = "", cursor: str | None = None, limit: int = 50) -> Page[Person]:
    """The administrator's list, by user name; ``text`` is looked for in names and addresses."""
    actor.require_admin()
    statement = select(*_PERSON_COLUMNS).order_by(User.username_key, User.id).limit(bounded_limit(limit) + 1)
    if text:
        wanted = fold(text)
        statement = statement.where(
            or_(
                User.username_key.contains(wanted, autoescape=True),
                User.email_key.contains(wanted, autoescape=True),
                func.lower(User.name).contains(text.lower(), autoescape=True),
            )
        )
    if cursor:
        (after,) = decode_cursor(cursor, (str,))
        statement = statement.where(User.username_key > after)
    rows = db.session().execute(statement, {"now": clock.now()}).all()
    shown = rows[: bounded_limit(limit)]
    following = encode_cursor(fold(shown[-1].username)) if len(rows) > len(shown) else None
    return Page([_person(row) for row in shown], following)


def person(actor: Actor, user_id: int) -> Person:
    """Raises NotFound."""
    actor.require_admin()
    row = db.session().execute(select(*_PERSON_COLUMNS).where(User.id == user_id)).first()
    if row is None:
        raise NotFound()
    return _person(row)


_SESSIONS = select(func.count(SignIn.id)).where(SignIn.user_id == User.id).correlate(User).scalar_subquery()
_LAST_ACTIVE = (
    select(func.max(SignIn.last_active_at)).where(SignIn.user_id == User.id).correlate(User).scalar_subquery()
)
_PERSON_COLUMNS = (
    User.id,
    User.username,
    User.email,
    User.name,
    User.role,
    User.created_at,
    User.disabled_at,
    User.totp_secret.is_not(None).label("has_second_factor"),
    _SESSIONS.label("sessions"),
    _LAST_ACTIVE.label("last_active_at"),
)


def _person(row: Row[Any]) -> Person:
    return Person(**row._mapping)


def _credential(condition: Any) -> Credential | None:
    columns = (
        User.id, User.username, User.email, User.name, User.password_hash, User.password_temporary, User.disabled_at,
        User.totp_secret,
    )  # fmt: skip
    row = db.session().execute(select(*columns).where(condition)).first()
    return None if row is None else Credential(**row._mapping)
