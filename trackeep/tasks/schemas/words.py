"""Priorities as words, which is how people and programs say them."""

from enum import StrEnum

from trackeep.tasks.states import Priority


class PriorityWord(StrEnum):
    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    URGENT = "urgent"

    @property
    def priority(self) -> Priority:
        return Priority[self.name]


def word_of(priority: int) -> str:
    return Priority(priority).name.lower()
