"""Pages of bookmarks: list, detail panel, reader, highlights, forms, bulk changes, collections, imports and more."""

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
    "highlights",
    "imports",
    "lists",
    "marks",
    "pictures",
    "reader",
]
