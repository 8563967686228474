"""JSON of bookmarks, of bulk changes and of collections."""

from trackeep.bookmarks.api import bulk, collections, items
from trackeep.bookmarks.api.door import blueprint

__all__ = ["blueprint", "bulk", "collections", "items"]
