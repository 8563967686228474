"""Pages of tasks: lists, details, the field above each list, one click, many at once, coming in and going out."""

from trackeep.tasks.views import bulk, calendars, details, editing, exports, imports, lines, lists, marks, parts
from trackeep.tasks.views.door import blueprint

__all__ = [
    "blueprint",
    "bulk",
    "calendars",
    "details",
    "editing",
    "exports",
    "imports",
    "lines",
    "lists",
    "marks",
    "parts",
]
