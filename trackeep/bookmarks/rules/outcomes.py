"""What several rules together do to one bookmark."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from trackeep.bookmarks.rules.shapes import Actions


@dataclass(slots=True)
class Outcome:
    """Tags and collections that are added, and marks that are set."""

    tags: list[str] = field(default_factory=list)
    collection_ids: list[int] = field(default_factory=list)
    marks: dict[str, bool] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.tags or self.collection_ids or self.marks)


def merged(actions: Iterable[Actions]) -> Outcome:
    """Tags and collections add up; of two that set the same mark the later one decides."""
    outcome = Outcome()
    for each in actions:
        outcome.tags += [name for name in each.tags if name not in outcome.tags]
        outcome.collection_ids += [one for one in each.collection_ids if one not in outcome.collection_ids]
        outcome.marks |= each.marks()
    return outcome
