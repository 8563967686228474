"""API tokens: made and revoked by their person, shown once, kept as a hash."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, insert

from trackeep.accounts import codes, policy
from trackeep.accounts.models import ApiToken
from trackeep.accounts.queries import belongings
from trackeep.accounts.queries.belongings import TokenSummary
from trackeep.accounts.service import sessions, throttle
from trackeep.core import audit, clock, db, ext, keyring, versions
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid, NotFound
from trackeep.core.i18n import gettext as _

MAX_TOKENS = 100


@dataclass(frozen=True, slots=True)
class NewToken:
    """The only moment at which the token itself is known."""

    id: int
    token: str


def known_scopes() -> tuple[str, ...]:
    """What a token may be allowed: to read or to write each domain whose API takes tokens. Administration is none."""
    return tuple(f"{name}:{verb}" for name in sorted(ext.token_domains()) for verb in ("read", "write"))


def create_token(actor: Actor, *, name: str, scopes: Sequence[str], days: int | None = None) -> NewToken:
    """Needs the password again; raises Invalid. ``days`` until it expires, None for never."""
    sessions.require_recent_password(actor)
    user_id, now = actor.require_user(), clock.now()
    _check(actor, scopes)
    token = codes.new_api_token()
    row = {
        "user_id": user_id,
        "token_hash": keyring.hash_token(token),
        "name": name,
        "scopes": " ".join(sorted(set(scopes))),
        "created_at": now,
        "expires_at": now + timedelta(days=days) if days else None,
    }
    with db.unit_of_work() as session:
        token_id = session.scalars(insert(ApiToken).returning(ApiToken.id), [row]).one()
        audit.record(actor, "accounts.token_created", token_id=token_id, token_name=name, scopes=row["scopes"])
    return NewToken(token_id, token)


def revoke_token(actor: Actor, token_id: int) -> None:
    """Raises NotFound for another person's token, too."""
    policy.require_session(actor)
    user_id = actor.require_user()
    with db.unit_of_work() as session:
        mine = delete(ApiToken).where(ApiToken.id == token_id, ApiToken.user_id == user_id).returning(ApiToken.id)
        if session.execute(mine).first() is None:
            raise NotFound()
        versions.raise_versions(versions.user_scope(user_id))
        audit.record(actor, "accounts.token_revoked", token_id=token_id)


def own_tokens(actor: Actor) -> Sequence[TokenSummary]:
    policy.require_session(actor)
    return belongings.api_tokens(actor)


def count_bad_token(actor: Actor) -> None:
    """A token that nobody has: counted by address; raises TooMany. A good token is never counted, so that a stranger
    behind the same address cannot shut its owner out; 256 random bits are not found by trying."""
    throttle.count_guess(throttle.by_address("token", actor.address))


def _check(actor: Actor, scopes: Sequence[str]) -> None:
    unknown = set(scopes) - set(known_scopes())
    if unknown:
        raise Invalid(fields={"scopes": [_("Unknown: %(names)s.", names=", ".join(sorted(unknown)))]})
    if not scopes:
        raise Invalid(fields={"scopes": [_("Please choose at least one thing that the token may do.")]})
    if len(belongings.api_tokens(actor)) >= MAX_TOKENS:
        raise Invalid(fields={"name": [_("There are too many tokens. Please revoke some that you do not use.")]})
