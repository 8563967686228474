"""Pages of notes."""

from trackeep.notes.views import days, links, lists, marks, reading, trees, writing
from trackeep.notes.views.door import blueprint

__all__ = ["blueprint", "days", "links", "lists", "marks", "reading", "trees", "writing"]
