"""Pages of bookmarks: list, detail panel, reader, highlights, forms, bulk changes, collections, imports and more."""

from trackeep.bookmarks.views import (
    archived,
    bulk,
    collections,
    copies,
    details,
    duplicates,
    editing,
    exports,
    highlights,
    imports,
    links,
    lists,
    marks,
    pictures,
    reader,
    resurfacing,
    rules,
    statistics,
)
from trackeep.bookmarks.views.door import (
    blueprint,
)

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
    "highlights",
    "imports",
    "links",
    "lists",
    "marks",
    "pictures",
    "reader",
    "resurfacing",
    "rules",
    "statistics",
]
