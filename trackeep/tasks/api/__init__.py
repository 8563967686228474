"""JSON of tasks and all that belongs to one, of projects, bulk changes and kept lists."""

from trackeep.tasks.api import details, exports, imports, items, many, mentions, outlets, projects
from trackeep.tasks.api.door import blueprint

__all__ = ["blueprint", "details", "exports", "imports", "items", "many", "mentions", "outlets", "projects"]
