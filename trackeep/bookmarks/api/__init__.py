"""JSON of bookmarks, of bulk changes, of collections, of imports and exports."""

from trackeep.bookmarks.api import bulk, chance, collections, exports, imports, items
from trackeep.bookmarks.api.door import blueprint

__all__ = ["blueprint", "bulk", "chance", "collections", "exports", "imports", "items"]
