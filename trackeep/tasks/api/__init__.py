"""JSON of tasks and all that belongs to one, of projects, bulk changes and kept lists."""

from trackeep.tasks.api import details, items, many, projects
from trackeep.tasks.api.door import blueprint

__all__ = ["blueprint", "details", "items", "many", "projects"]
