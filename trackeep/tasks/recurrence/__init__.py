"""How a task comes again: RRULE texts checked, followed and told in words."""

from trackeep.tasks.recurrence.rules import UnusableRule, checked
from trackeep.tasks.recurrence.series import Origin, Turn, next_due, next_turn, occurrences
from trackeep.tasks.recurrence.words import described

__all__ = ["Origin", "Turn", "UnusableRule", "checked", "described", "next_due", "next_turn", "occurrences"]
