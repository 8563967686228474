"""JSON of bookmarks, of bulk changes, of collections, of imports and exports."""

from trackeep.bookmarks.api import archived, bulk, collections, copies, duplicates, exports, imports, items, links
from trackeep.bookmarks.api.door import blueprint

__all__ = [
    "archived",
    "blueprint",
    "bulk",
    "collections",
    "copies",
    "duplicates",
    "exports",
    "imports",
    "items",
    "links",
]
