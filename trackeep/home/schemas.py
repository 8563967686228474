"""Shapes of the arrangement of cards."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from trackeep.core.schemas import InputSchema, OutputSchema
from trackeep.home.arrangement import Place
from trackeep.home.queries import PlacedCard


class CardPlaceIn(InputSchema):
    name: Annotated[str, Field(min_length=1, max_length=60)]
    hidden: bool = False


class ArrangementIn(InputSchema):
    cards: Annotated[list[CardPlaceIn], Field(max_length=100)]

    def places(self) -> list[Place]:
        return [Place(card.name, card.hidden) for card in self.cards]


class CardOut(OutputSchema):
    name: str
    title: str
    hidden: bool
    empty: bool


class ArrangementOut(OutputSchema):
    cards: list[CardOut]

    @classmethod
    def of(cls, cards: Iterable[PlacedCard]) -> "ArrangementOut":
        return cls(
            cards=[
                CardOut(
                    name=placed.card.name,
                    title=str(placed.card.title),
                    hidden=placed.hidden,
                    empty=placed.data is None,
                )
                for placed in cards
            ]
        )
