"""Puts cards into the order that a person chose, and moves one card among the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card stands; places of one person are numbered from 0."""

    name: str
    hidden: bool = False


def arranged(names: Sequence[str], chosen: Mapping[str, tuple[int, bool]]) -> list[Place]:
    """All cards, given in their domains' order: those with a chosen (position, hidden) by position, and each new one
    behind the card that precedes it in its domains' order."""
    known = sorted((name for name in names if name in chosen), key=lambda name: chosen[name][0])
    places = [Place(name, chosen[name][1]) for name in known]
    for index, name in enumerate(names):
        if name not in chosen:
            before = names[index - 1] if index else None
            at = next((spot + 1 for spot, place in enumerate(places) if place.name == before), 0)
            places.insert(at, Place(name))
    return places


def moved(places: Sequence[Place], name: str, step: int) -> list[Place]:
    """The same places with one card exchanged with the next visible one ``step`` (-1 or 1) away; at the edge nothing
    changes."""
    result = list(places)
    index = next(spot for spot, place in enumerate(result) if place.name == name)
    other = index + step
    while 0 <= other < len(result) and result[other].hidden:
        other += step
    if 0 <= other < len(result):
        result.insert(other, result.pop(index))
    return result
