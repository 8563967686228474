"""Pages of bookmarks: the list, the detail panel, forms, bulk changes, collections, pictures, imports and exports."""

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
    resurfacing,
    rules,
    statistics,
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
    "resurfacing",
    "rules",
    "statistics",
]
