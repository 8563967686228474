"""Pages of bookmarks: the list, the detail panel, forms, bulk changes, collections, pictures, imports and exports, and
the ways in from elsewhere."""

from trackeep.bookmarks.views import (
    bulk,
    chance,
    collections,
    details,
    editing,
    everywhere,
    exports,
    imports,
    lists,
    marks,
    pictures,
    window,
)
from trackeep.bookmarks.views.door import blueprint

__all__ = [
    "blueprint",
    "bulk",
    "chance",
    "collections",
    "details",
    "editing",
    "everywhere",
    "exports",
    "imports",
    "lists",
    "marks",
    "pictures",
    "window",
]
