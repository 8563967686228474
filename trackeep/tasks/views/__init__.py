"""Pages of tasks."""

from trackeep.tasks.views import lists
from trackeep.tasks.views.door import blueprint

__all__ = ["blueprint", "lists"]
