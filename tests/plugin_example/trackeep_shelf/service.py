"""Puts books on the shelf."""

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep_shelf.models import ShelfBook


def put(actor: Actor, title: str) -> None:
    actor.require_user()
    with db.unit_of_work() as session:
        session.add(ShelfBook(user_id=actor.user_id, title=title))
