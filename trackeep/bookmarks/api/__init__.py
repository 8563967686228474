"""JSON of bookmarks, of articles and reading, highlights, bulk changes, collections, imports and exports."""

from trackeep.bookmarks.api import bulk, collections, exports, highlights, imports, items, reading
from trackeep.bookmarks.api.door import blueprint

__all__ = ["blueprint", "bulk", "collections", "exports", "highlights", "imports", "items", "reading"]
