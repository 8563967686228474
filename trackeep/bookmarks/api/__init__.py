"""JSON of bookmarks, of articles and reading, of bulk changes, of collections, of imports and exports."""

from trackeep.bookmarks.api import bulk, collections, exports, imports, items, reading
from trackeep.bookmarks.api.door import blueprint

__all__ = ["blueprint", "bulk", "collections", "exports", "imports", "items", "reading"]
