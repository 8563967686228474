"""What stands on somebody's shelf."""

from sqlalchemy import select

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep_shelf.models import ShelfBook


def titles(actor: Actor) -> list[str]:
    return list(
        db.session().scalars(
            select(ShelfBook.title).where(ShelfBook.user_id == actor.user_id).order_by(ShelfBook.title).limit(100)
        )
    )
