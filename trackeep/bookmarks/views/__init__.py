"""Pages of bookmarks: the list, the detail panel, forms, bulk changes, collections, pictures, highlights, imports,
exports."""

from trackeep.bookmarks.views import (
    bulk,
    collections,
    details,
    editing,
    exports,
    highlights,
    imports,
    lists,
    marks,
    pictures,
)
from trackeep.bookmarks.views.door import blueprint

__all__ = [
    "blueprint",
    "bulk",
    "collections",
    "details",
    "editing",
    "exports",
    "highlights",
    "imports",
    "lists",
    "marks",
    "pictures",
]
