"""Pages of notes."""

from trackeep.notes.views import (
    conflicts,
    days,
    exports,
    imports,
    links,
    lists,
    many,
    marks,
    reading,
    sealing,
    trees,
    versions,
    writing,
)
from trackeep.notes.views.door import blueprint

__all__ = [
    "blueprint",
    "conflicts",
    "days",
    "exports",
    "imports",
    "links",
    "lists",
    "many",
    "marks",
    "reading",
    "sealing",
    "trees",
    "versions",
    "writing",
]
