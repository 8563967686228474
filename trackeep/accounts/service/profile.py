"""What people say about themselves and prefer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from trackeep.accounts import names, policy, signals
from trackeep.accounts.models import User
from trackeep.accounts.preferences import Preferences
from trackeep.accounts.queries import people
from trackeep.accounts.queries.people import Profile
from trackeep.accounts.service.people import complaints_about_username, taken
from trackeep.core import audit, db, versions
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid


def own_profile(actor: Actor) -> Profile:
    return people.profile_of(actor.require_user())


def change_profile(actor: Actor, changes: Mapping[str, Any]) -> None:
    """Change some of username, name, bio, locale and time_zone, already checked for their form; raises Invalid."""
    policy.require_session(actor)
    user_id = actor.require_user()
    values = dict(changes)
    if "username" in values:
        if wrong := complaints_about_username(values["username"]):
            raise Invalid(fields={"username": wrong})
        values["username_key"] = names.fold(values["username"])
    try:
        with db.unit_of_work():
            _store(user_id, values)
            audit.record(actor, "accounts.profile_changed", fields=sorted(changes))
    except IntegrityError as error:
        raise Invalid(fields=taken(error)) from error


def change_preferences(actor: Actor, changes: Mapping[str, Any]) -> Preferences:
    """Change some preferences, already checked for their form; the others stay. Answers all of them."""
    policy.require_session(actor)
    user_id = actor.require_user()
    with db.unit_of_work() as session:
        stored = session.scalar(select(User.preferences).where(User.id == user_id).with_for_update()) or {}
        chosen = replace(Preferences.read(stored), **changes)
        _store(user_id, {"preferences": {**stored, **chosen.stored()}})
    return chosen


def _store(user_id: int, values: Mapping[str, Any]) -> None:
    """Inside a unit of work: change the row, raise the person's version, tell others."""
    if values:
        change = update(User).where(User.id == user_id).values(**values)
        db.session().execute(change.execution_options(synchronize_session=False))
    versions.raise_versions(versions.user_scope(user_id))
    signals.profile_changed.announce(user_id=user_id)
