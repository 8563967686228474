"""Tasks in the words that pages, messages and quick add use."""

from trackeep.tasks.wording.days import (
    Due,
    Today,
    clock_words,
    coming,
    day_words,
    due_of,
    heading_words,
    length_words,
    today_in,
)
from trackeep.tasks.wording.facts import Fact, facts, priority_names

__all__ = [
    "Due",
    "Fact",
    "Today",
    "clock_words",
    "coming",
    "day_words",
    "due_of",
    "facts",
    "heading_words",
    "length_words",
    "priority_names",
    "today_in",
]
