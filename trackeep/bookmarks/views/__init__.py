"""Pages of bookmarks: the list, the detail panel, forms, bulk changes, collections, pictures, imports and exports."""

from trackeep.bookmarks.views import (
    archived,
    bulk,
    collections,
    copies,
    details,
    duplicates,
    editing,
    exports,
    imports,
    links,
    lists,
    marks,
    pictures,
)
from trackeep.bookmarks.views.door import blueprint

__all__ = [
    "archived",
    "blueprint",
    "bulk",
    "collections",
    "copies",
    "details",
    "duplicates",
    "editing",
    "exports",
    "imports",
    "links",
    "lists",
    "marks",
    "pictures",
]
