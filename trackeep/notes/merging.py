"""Two people's texts brought together: what goes together by itself, and what somebody has to choose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from trackeep.notes.differences import Origin, Region, common, regions

MAX_FOLDED = 400


class Choice(StrEnum):
    """What stands at a place that both changed; ``BOTH`` is the saved text followed by one's own."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the merged text. ``number`` counts the conflicts, and is None where nothing is to be chosen."""

    region: Region
    number: int | None

    @property
    def lines(self) -> Sequence[str]:
        text = self.region.text
        return (text[:-1] if text.endswith("\n") else text).split("\n")


@dataclass(frozen=True, slots=True)
class Meeting:
    """All parts in their order. ``known`` is False where the text that both began with is not known any more."""

    parts: Sequence[Part]
    known: bool

    @property
    def conflicts(self) -> int:
        return sum(part.number is not None for part in self.parts)

    @property
    def joined(self) -> int:
        """How many places went together by themselves."""
        return sum(part.region.origin in (Origin.MINE, Origin.THEIRS) for part in self.parts)


def meeting(base: str | None, mine: str, theirs: str) -> Meeting:
    """Without a base each place where the two differ counts as changed, so that nothing goes away unseen."""
    known = base is not None
    numbers = iter(range(len(mine) + len(theirs) + 2))
    parts = [
        Part(region, next(numbers) if region.origin is Origin.CONFLICT else None)
        for region in regions(common(mine, theirs) if base is None else base, mine, theirs)
    ]
    return Meeting(parts, known)


def settled(met: Meeting, choices: Mapping[int, Choice]) -> str:
    """The text as it was chosen; where nothing was chosen both stand, so that nothing is lost."""
    return "".join(_chosen(part, choices) for part in met.parts)


def _chosen(part: Part, choices: Mapping[int, Choice]) -> str:
    if part.number is None:
        return part.region.text
    choice = choices.get(part.number, Choice.BOTH)
    if choice is Choice.MINE:
        return part.region.mine
    if choice is Choice.THEIRS:
        return part.region.theirs
    first, second = part.region.theirs, part.region.mine
    return first + ("\n" if first and second and not first.endswith("\n") else "") + second
