"""How a page shows nested tags: each below its parent, by the part of the name that the parent does not say."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from trackeep.tags.names import SEPARATOR, folded_name

DEEPEST = 5


class Named(Protocol):
    """What is needed of a tag."""

    @property
    def space_id(self) -> int: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Place:
    """``depth`` is the number of ancestors that are shown above; ``above`` the levels of the name that none of them
    says, with their slash, and ``label`` the last level."""

    depth: int
    above: str
    label: str


def places(tags: Iterable[Named]) -> list[Place]:
    """The places of tags that come in the order of their levels; one whose parent is missing says its whole name."""
    depths: dict[tuple[int, str], int] = {}
    found = []
    for tag in tags:
        levels = tag.name.split(SEPARATOR)
        said, depth = 0, 0
        for length in range(len(levels) - 1, 0, -1):
            parent = (tag.space_id, folded_name(SEPARATOR.join(levels[:length])))
            if parent in depths:
                said, depth = length, depths[parent] + 1
                break
        depths[tag.space_id, folded_name(tag.name)] = depth
        found.append(Place(min(depth, DEEPEST), _above(levels[said:-1]), levels[-1]))
    return found


def flat_place(tag: Named) -> Place:
    """The place of a tag in a list that is not nested: the whole name."""
    levels = tag.name.split(SEPARATOR)
    return Place(0, _above(levels[:-1]), levels[-1])


def ancestors(name: str) -> list[str]:
    """The folded names of the tags that this one may stand below."""
    levels = name.split(SEPARATOR)
    return [folded_name(SEPARATOR.join(levels[:length])) for length in range(1, len(levels))]


def _above(levels: list[str]) -> str:
    return "".join(level + SEPARATOR for level in levels)
