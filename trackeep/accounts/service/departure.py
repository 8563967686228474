"""The end of an account: the person, their personal space, and everything in it."""

from sqlalchemy import delete

from trackeep.accounts import names, signals
from trackeep.accounts.models import User
from trackeep.accounts.queries import people
from trackeep.accounts.service import administration, sessions
from trackeep.core import audit, db, versions
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.spaces import service as spaces


def delete_account(actor: Actor, *, username: str) -> None:
    """Delete the actor's own account for good. ``username`` is typed to be sure. Needs the password again; raises
    Invalid, LastAdministrator, or LastOwner of a team."""
    sessions.require_recent_password(actor)
    user_id = actor.require_user()
    if names.fold(username) != names.fold(people.profile_of(user_id).username):
        raise Invalid(fields={"username": [_("This is not your user name.")]})
    with db.unit_of_work() as session:
        administration.keep_an_administrator(without=user_id)
        audit.record(actor, "accounts.account_deleted", person_id=user_id)
        spaces.release_person(user_id)
        session.execute(delete(User).where(User.id == user_id))
        versions.raise_versions(versions.user_scope(user_id))
        signals.user_deleted.announce(user_id=user_id)
