"""The verbs of the home page: arrange its cards, hide them and bring them back."""

from collections.abc import Sequence

from sqlalchemy import delete, insert

from trackeep.core import db, versions
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid, NotFound
from trackeep.core.i18n import gettext as _
from trackeep.home import queries
from trackeep.home.arrangement import Place, moved
from trackeep.home.models import HomeCard


def arrange_cards(actor: Actor, *, places: Sequence[Place]) -> None:
    """Put the cards into this order; cards that are left out follow in their own order. Raises Invalid for a name
    that no card has, or one given twice."""
    user_id = actor.require_user()
    with db.unit_of_work():
        known = queries.places_of(user_id)
        given = [place.name for place in places]
        if len(set(given)) < len(given) or not set(given) <= {place.name for place in known}:
            raise Invalid(fields={"cards": [_("Name each card once, and only cards that exist.")]})
        _save(user_id, [*places, *(place for place in known if place.name not in given)])


def move_card(actor: Actor, *, name: str, step: int) -> None:
    """Exchange a card with its visible neighbour, -1 towards the beginning or 1 towards the end."""
    user_id = actor.require_user()
    with db.unit_of_work():
        _save(user_id, moved(_places_with(user_id, name), name, step))


def hide_card(actor: Actor, *, name: str, hidden: bool = True) -> None:
    user_id = actor.require_user()
    with db.unit_of_work():
        places = _places_with(user_id, name)
        _save(user_id, [Place(name, hidden) if place.name == name else place for place in places])


def put_welcome_away(actor: Actor) -> None:
    """Show the first steps no more."""
    user_id = actor.require_user()
    with db.unit_of_work() as session:
        session.execute(
            db.upsert(HomeCard)
            .values(user_id=user_id, name=queries.WELCOME, position=0, hidden=True)
            .on_conflict_do_update(index_elements=[HomeCard.user_id, HomeCard.name], set_={"hidden": True})
        )
        versions.raise_versions(versions.user_scope(user_id))


def reset_cards(actor: Actor) -> None:
    """Let all cards stand where they stood at first, and bring back the welcome."""
    user_id = actor.require_user()
    with db.unit_of_work() as session:
        session.execute(delete(HomeCard).where(HomeCard.user_id == user_id))
        versions.raise_versions(versions.user_scope(user_id))


def _places_with(user_id: int, name: str) -> list[Place]:
    places = queries.places_of(user_id)
    if name not in {place.name for place in places}:
        raise NotFound()
    return places


def _save(user_id: int, places: Sequence[Place]) -> None:
    # Rows of cards whose domain is switched off stay, so that what was hidden stays hidden.
    names = [place.name for place in places]
    rows = [
        {"user_id": user_id, "name": place.name, "position": position, "hidden": place.hidden}
        for position, place in enumerate(places)
    ]
    session = db.session()
    session.execute(delete(HomeCard).where(HomeCard.user_id == user_id, HomeCard.name.in_(names)))
    session.execute(insert(HomeCard), rows)
    versions.raise_versions(versions.user_scope(user_id))
