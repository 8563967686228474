"""JSON of bookmarks, of bulk changes, of collections, of imports and exports."""

from trackeep.bookmarks.api import bulk, collections, exports, imports, items, rules, statistics
from trackeep.bookmarks.api.door import blueprint

__all__ = ["blueprint", "bulk", "collections", "exports", "imports", "items", "rules", "statistics"]
