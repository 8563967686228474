"""Pages of tasks."""

from trackeep.tasks.views import board, calendar, kept, lists, projects, sections
from trackeep.tasks.views.door import blueprint

__all__ = ["blueprint", "board", "calendar", "kept", "lists", "projects", "sections"]
