"""Tasks in the words that pages, messages and quick add use."""

from trackeep.tasks.wording.days import (
    Due,
    NearDay,
    Today,
    clock_words,
    day_words,
    due_of,
    heading_words,
    length_words,
    near_days,
    today_in,
)
from trackeep.tasks.wording.facts import Fact, facts, missing_words, priority_names

__all__ = [
    "Due",
    "Fact",
    "NearDay",
    "Today",
    "clock_words",
    "day_words",
    "due_of",
    "facts",
    "heading_words",
    "length_words",
    "missing_words",
    "near_days",
    "priority_names",
    "today_in",
]
