"""Computing ahead what a person is about to ask for."""

from trackeep.accounts.queries import identity, people
from trackeep.core import db, jobs
from trackeep.core.slots import Warmer, slots

WARMING = "accounts.warm_up"


def enqueue_warming(user_id: int) -> None:
    """Soon, in the background; once, however often somebody signs in meanwhile."""
    with db.unit_of_work():
        jobs.enqueue(WARMING, {"user_id": user_id}, unique_key=f"{WARMING}:{user_id}", priority=5)


def warm_up(user_id: int) -> None:
    """Ask what the first pages of this person need; nothing for somebody who is gone."""
    actor = identity.actor_of(user_id)
    if actor is None:
        return
    people.profile_of(user_id)
    for warmer in slots.each(Warmer):
        warmer.load(actor)
