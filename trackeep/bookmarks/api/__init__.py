"""JSON of bookmarks, of bulk changes, of collections, of highlights, imports and exports."""

from trackeep.bookmarks.api import bulk, collections, exports, highlights, imports, items
from trackeep.bookmarks.api.door import blueprint

__all__ = ["blueprint", "bulk", "collections", "exports", "highlights", "imports", "items"]
