"""Reads: the cards of a person, in their order."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from trackeep.core import cache, db
from trackeep.core.actor import Actor
from trackeep.core.slots import Card, FirstStep, slots
from trackeep.home.arrangement import Place, arranged
from trackeep.home.models import HomeCard

WELCOME = "welcome"
ARRANGEMENT = cache.Resource("home_arrangement", dict[str, tuple[int, bool]], ttl=900)


@dataclass(frozen=True, slots=True)
class PlacedCard:
    """A card, whether its person hid it, and what it shows; ``data`` is None while there is nothing to show."""

    card: Card
    hidden: bool
    data: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A first step and whether it was taken."""

    offer: FirstStep
    done: bool


def places_of(user_id: int) -> list[Place]:
    names = [card.name for card in slots.ordered(Card)]
    return arranged(names, _chosen(user_id))


def placed_cards(actor: Actor) -> list[PlacedCard]:
    """All cards in the actor's order, loaded as far as they are not hidden."""
    offers = {card.name: card for card in slots.each(Card)}
    return [
        PlacedCard(offers[place.name], place.hidden, None if place.hidden else offers[place.name].load(actor))
        for place in places_of(actor.require_user())
    ]


def first_steps(actor: Actor) -> list[Step]:
    """What a new person may do first; empty once everything is done or the welcome was put away."""
    if _chosen(actor.require_user()).get(WELCOME, (0, False))[1]:
        return []
    steps = [Step(offer, offer.done(actor)) for offer in slots.ordered(FirstStep)]
    return [] if all(step.done for step in steps) else steps


def _chosen(user_id: int) -> dict[str, tuple[int, bool]]:
    return cache.answer_of_user(ARRANGEMENT, user_id, (), lambda: _read_chosen(user_id))


def _read_chosen(user_id: int) -> dict[str, tuple[int, bool]]:
    rows = db.session().execute(
        select(HomeCard.name, HomeCard.position, HomeCard.hidden).where(HomeCard.user_id == user_id)
    )
    return {row.name: (row.position, row.hidden) for row in rows}
