"""Pages of bookmarks: list, detail panel, reader, forms, bulk changes, collections, pictures, imports and exports."""

from trackeep.bookmarks.views import (
    bulk,
    collections,
    details,
    editing,
    exports,
    imports,
    lists,
    marks,
    pictures,
    reader,
)
from trackeep.bookmarks.views.door import blueprint

__all__ = [
    "blueprint",
    "bulk",
    "collections",
    "details",
    "editing",
    "exports",
    "imports",
    "lists",
    "marks",
    "pictures",
    "reader",
]
