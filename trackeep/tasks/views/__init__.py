"""Pages of tasks: lists, details, the field above each list, one click, many at once."""

from trackeep.tasks.views import bulk, details, editing, lines, lists, marks, parts
from trackeep.tasks.views.door import blueprint

__all__ = ["blueprint", "bulk", "details", "editing", "lines", "lists", "marks", "parts"]
