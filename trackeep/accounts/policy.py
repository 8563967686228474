"""Who may do what with accounts, and which changes need the password again."""

from datetime import datetime, timedelta

from trackeep.accounts.errors import PasswordNeeded, SessionNeeded
from trackeep.core.actor import Actor

RECENT = timedelta(minutes=10)


def require_session(actor: Actor) -> int:
    """The session's id; raises Unauthenticated for nobody and SessionNeeded for a token."""
    actor.require_user()
    if actor.session_id is None:
        raise SessionNeeded()
    return actor.session_id


def require_recent(password_at: datetime | None, now: datetime) -> None:
    """Raises PasswordNeeded unless the password was given within the last ten minutes."""
    if password_at is None or now - password_at > RECENT:
        raise PasswordNeeded()
