"""Pages of tasks."""

from trackeep.tasks.views import calendars, exports, imports, lists
from trackeep.tasks.views.door import blueprint

__all__ = ["blueprint", "calendars", "exports", "imports", "lists"]
