"""JSON of bookmarks, of articles and reading, highlights, bulk changes, collections, imports and exports."""

from trackeep.bookmarks.api import (
    archived,
    bulk,
    chance,
    collections,
    copies,
    duplicates,
    exports,
    highlights,
    imports,
    items,
    links,
    reading,
    rules,
    statistics,
)
from trackeep.bookmarks.api.door import (
    blueprint,
)

__all__ = [
    "archived",
    "blueprint",
    "bulk",
    "chance",
    "collections",
    "copies",
    "duplicates",
    "exports",
    "highlights",
    "imports",
    "items",
    "links",
    "reading",
    "rules",
    "statistics",
]
