"""What people say about themselves and prefer."""

from trackeep.accounts.queries import people
from trackeep.accounts.queries.people import Profile
from trackeep.core.actor import Actor


def own_profile(actor: Actor) -> Profile:
    return people.profile_of(actor.require_user())
